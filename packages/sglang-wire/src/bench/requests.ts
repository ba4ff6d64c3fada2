import type { Sample } from "@sglang-studio/core/domain"
import type { Details } from "./record.ts"

/** How each sent request ended. */
export type Ending = "answered" | "refused" | "refused-inside-stream"

/**
 * `bench_serving` counts a request that failed inside its stream as a success, with the length that was asked for:
 * no first token and no text give it away.
 */
export const endings = (details: Details): readonly Ending[] =>
  details.ttfts.map((ttft, index) => {
    if ((details.errors[index] ?? "") !== "") return "refused"
    return ttft === 0 && (details.texts[index] ?? "") === "" ? "refused-inside-stream" : "answered"
  })

/**
 * One sample per sent request, in the order sent. When it started is not in the file, nor when it ended, but for
 * answers in one piece, whose end is given as the time of their first token.
 */
export const samplesOf = (details: Details, isStreamed: boolean): readonly Sample[] =>
  endings(details).map((ending, index) => {
    const answered = ending === "answered"
    const first = answered ? milliseconds(details.ttfts[index] ?? 0) : null
    return {
      startMs: null,
      ttftMs: isStreamed ? first : null,
      itlMs: answered && isStreamed ? (details.itls[index] ?? []).map(milliseconds) : null,
      e2eMs: isStreamed ? null : first,
      inputTokens: details.inputLens[index] ?? null,
      outputTokens: answered ? (details.outputLens[index] ?? null) : null,
      error: errorOf(ending, details.errors[index] ?? "")
    }
  })

const errorOf = (ending: Ending, error: string): string | null => {
  switch (ending) {
    case "answered":
      return null
    case "refused":
      return error
    case "refused-inside-stream":
      return "failed inside its stream; the engine counted it as a success"
  }
}

const milliseconds = (seconds: number): number => seconds * 1000
