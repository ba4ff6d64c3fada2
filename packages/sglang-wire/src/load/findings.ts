import type { Finding } from "@sglang-studio/core/domain"
import { quantile } from "@sglang-studio/core/math"
import { excerpt } from "../looseJson.ts"
import type { Outcome } from "./Outcome.ts"
import type { LoadSettings } from "./settings.ts"

/** What a reader of a load run's figures must know, beyond what every benchmark's samples tell. */
export const loadFindings = (settings: LoadSettings, outcomes: readonly Outcome[]): readonly Finding[] => {
  const answered = outcomes.filter(({ sample }) => sample.error === null)
  return [
    ...failures(outcomes),
    ...clientBound(settings, outcomes),
    ...shortAnswers(settings, answered),
    ...compileMisses(answered),
    ...warmCache(answered)
  ]
}

const failures = (outcomes: readonly Outcome[]): readonly Finding[] => {
  const errors = outcomes.flatMap(({ sample: { error } }) => error ?? [])
  const [first] = errors
  if (first === undefined) return []
  return [
    {
      code: "partial-failure",
      severity: "warning",
      message: `${errors.length} of ${outcomes.length} requests failed; latencies are those of the others. First: ${excerpt(first)}`,
      evidence: { count: errors.length, sent: outcomes.length, first: excerpt(first) }
    }
  ]
}

/** Latencies count from the intended start, so a late client makes a fast server look slow. */
const clientBound = ({ arrival }: LoadSettings, outcomes: readonly Outcome[]): readonly Finding[] => {
  if (arrival.loop === "closed") return []
  const lags = outcomes.map(({ lagMs }) => lagMs)
  const lag = quantile(lags, 0.99) ?? 0
  const limit = Math.max(5, 0.02 * (quantile(outcomes.flatMap(firstSign), 0.5) ?? 0))
  if (lag <= limit) return []
  const why =
    arrival.concurrency === null
      ? "this machine could not send as fast as it was asked"
      : `this machine, or the limit of ${arrival.concurrency} requests at once, held them back`
  return [
    {
      code: "client-bound",
      severity: "error",
      message: `The client sent 1 % of its requests ${lag.toFixed(1)} ms late or more (allowed are ${limit.toFixed(1)} ms): ${why}.`,
      evidence: { lag_p99_ms: lag, limit_ms: limit, rate: arrival.rate, max_concurrency: arrival.concurrency }
    }
  ]
}

/** The first token, or the whole answer where there are no tokens. */
const firstSign = ({ sample: { ttftMs, e2eMs } }: Outcome): readonly number[] => {
  const time = ttftMs ?? e2eMs
  return time === null ? [] : [time]
}

/** Every answer is asked to go on to its last token, whatever it says. */
const shortAnswers = ({ kind, outputLen }: LoadSettings, answered: readonly Outcome[]): readonly Finding[] => {
  const short = answered.filter(({ sample }) => (sample.outputTokens ?? outputLen) < outputLen)
  if (kind !== "generate" || short.length === 0) return []
  const least = short.reduce((tokens, { sample }) => Math.min(tokens, sample.outputTokens ?? tokens), outputLen)
  return [
    {
      code: "short-answers",
      severity: "warning",
      message: `${short.length} of ${answered.length} answers ended before the ${outputLen} tokens that were asked for, the shortest after ${least}: less was generated than it seems.`,
      evidence: { requests: short.length, asked: outputLen, least }
    }
  ]
}

const compileMisses = (answered: readonly Outcome[]): readonly Finding[] => {
  const hit = answered.filter(({ compileMisses: misses }) => (misses ?? 0) > 0).length
  if (hit === 0) return []
  return [
    {
      code: "compile-miss",
      severity: "error",
      message: `${hit} of ${answered.length} measured requests waited for a graph to be compiled: their times are not the engine's.`,
      evidence: { requests: hit }
    }
  ]
}

const warmCache = (answered: readonly Outcome[]): readonly Finding[] => {
  const cached = answered.reduce((sum, { cachedTokens }) => sum + (cachedTokens ?? 0), 0)
  const input = answered.reduce((sum, { sample }) => sum + (sample.inputTokens ?? 0), 0)
  // A shared first token is no cache that speeds anything up.
  if (cached === 0 || cached < 0.02 * input) return []
  return [
    {
      code: "cache-warm",
      severity: "warning",
      message: `${cached} prompt tokens came from the prefix cache: times to first token are flattered.`,
      evidence: { cached_tokens: cached, input_tokens: input }
    }
  ]
}
