import type { Sample } from "@sglang-studio/core/adapter"

/** How a request ended. The middle one looks like a success to a client that does not look for its first token. */
export type Ending = "answered" | "refused-inside-stream" | "refused"

export const endingOf = ({ error, ttftMs, outputTokens }: Sample): Ending =>
  error !== null ? "refused" : ttftMs === 0 && (outputTokens ?? 0) > 0 ? "refused-inside-stream" : "answered"

/** As it is recorded: what the client takes for a success is told for what it was, and has no times. */
export const recorded = (sample: Sample): Sample =>
  endingOf(sample) === "refused-inside-stream"
    ? {
        ...sample,
        ttftMs: null,
        itlMs: null,
        e2eMs: null,
        outputTokens: null,
        error: "failed inside its stream; the engine counted it as a success"
      }
    : sample

export const answered = (samples: readonly Sample[]): readonly Sample[] =>
  samples.filter((sample) => endingOf(sample) === "answered")
