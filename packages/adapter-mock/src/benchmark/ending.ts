import type { Sample } from "@sglang-studio/core/adapter"

/** How a request ended. The middle one looks like a success to a client that does not look for its first token. */
export type Ending = "answered" | "refused-inside-stream" | "refused"

export const endingOf = ({ error, ttftMs, outputTokens }: Sample): Ending =>
  error !== null ? "refused" : ttftMs === 0 && (outputTokens ?? 0) > 0 ? "refused-inside-stream" : "answered"

export const answered = (samples: readonly Sample[]): readonly Sample[] =>
  samples.filter((sample) => endingOf(sample) === "answered")
