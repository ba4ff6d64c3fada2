import type { Sample } from "@sglang-studio/core/domain"
import type { Load, Sent } from "./sendAll.ts"

/** One request as it is judged: all latencies count from when it should have been sent. */
export interface Outcome {
  readonly sample: Sample
  /** How much later than planned it was sent, in milliseconds. */
  readonly lagMs: number
  /** When it was answered, in milliseconds from the start. */
  readonly answeredMs: number
  readonly items: number
  readonly cachedTokens: number | null
  readonly compileMisses: number | null
  readonly timedOut: boolean
}

export const outcomesOf = ({ startedAt, sent }: Load): readonly Outcome[] =>
  sent.map((each) => outcomeOf(startedAt, each))

const outcomeOf = (startedAt: number, { request, intendedAt, exchange }: Sent): Outcome => {
  const { error, firstTokenAt, answeredAt, gaps, outputTokens } = exchange
  const isAnswered = error === null
  return {
    sample: {
      startMs: intendedAt - startedAt,
      ttftMs: isAnswered && firstTokenAt !== null ? firstTokenAt - intendedAt : null,
      itlMs: isAnswered ? gaps : null,
      e2eMs: isAnswered ? answeredAt - intendedAt : null,
      inputTokens: request.inputTokens,
      outputTokens: isAnswered ? outputTokens : null,
      error
    },
    lagMs: exchange.sentAt - intendedAt,
    answeredMs: answeredAt - startedAt,
    items: request.items,
    cachedTokens: exchange.cachedTokens,
    compileMisses: exchange.compileMisses,
    timedOut: exchange.timedOut
  }
}

/** Milliseconds per token after the first; null where there is no second one. */
export const tpotOf = ({ ttftMs, e2eMs, outputTokens }: Sample): number | null =>
  ttftMs === null || e2eMs === null || outputTokens === null || outputTokens < 2
    ? null
    : (e2eMs - ttftMs) / (outputTokens - 1)
