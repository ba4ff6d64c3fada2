import type { Sample } from "../domain/sample.ts"
import { quantile } from "../math/quantile.ts"

/** A time that tells how fast the server was, one per answered request, in the order in which the requests ended. */
export interface Pace {
  readonly metric: "tpot_ms" | "ttft_ms" | "e2e_latency_ms"
  readonly values: readonly number[]
  /** Everything was in the queue from the beginning, or may have been: the load changes while it is worked off. */
  readonly sentAtOnce: boolean
}

/**
 * The pace from which a run's warm-up and drift are told. The time per token hardly depends on the queue; the time to
 * the first token (to the answer, where there are no tokens) does, and stands in for it only where one token at most was
 * generated and not everything was sent at once. Null where nothing tells it.
 */
export const paceOf = (samples: readonly Sample[]): Pace | null => {
  const answered = inOrderOfEnd(samples.filter(({ error }) => error === null))
  const usual =
    quantile(
      answered.map(({ outputTokens }) => outputTokens ?? 0),
      0.5
    ) ?? 0
  // A mean over two tokens is noise beside one over a hundred.
  const long = answered.filter(({ outputTokens }) => 2 * (outputTokens ?? 0) >= usual)
  const perToken = long.flatMap((sample) => tpotOf(sample) ?? [])
  const toFirst = answered.flatMap(({ ttftMs, e2eMs }) => ttftMs ?? e2eMs ?? [])
  const isMost = (values: readonly number[], of: readonly Sample[]): boolean =>
    values.length > 0 && values.length >= 0.9 * of.length
  const sentAtOnce = isBurst(answered)
  if (isMost(perToken, long)) return steadyPart({ metric: "tpot_ms", values: perToken, sentAtOnce }, answered)
  if (sentAtOnce || !isMost(toFirst, answered)) return null
  const metric = answered.some(({ ttftMs }) => ttftMs !== null) ? "ttft_ms" : "e2e_latency_ms"
  return steadyPart({ metric, values: toFirst, sentAtOnce }, answered)
}

const tpotOf = ({ ttftMs, e2eMs, itlMs, outputTokens }: Sample): number | null => {
  if (outputTokens === null || outputTokens < 2) return null
  if (ttftMs !== null && e2eMs !== null) return (e2eMs - ttftMs) / (outputTokens - 1)
  return itlMs === null || itlMs.length === 0 ? null : itlMs.reduce((sum, gap) => sum + gap, 0) / (outputTokens - 1)
}

interface Life {
  readonly from: number
  readonly to: number
}

/** Null where some start or end is not known, as in what the engines' own benchmarks write. */
const livesOf = (samples: readonly Sample[]): readonly Life[] | null => {
  const lives = samples.flatMap(({ startMs, e2eMs }) =>
    startMs === null || e2eMs === null ? [] : [{ from: startMs, to: startMs + e2eMs }]
  )
  return lives.length === samples.length ? lives : null
}

/** As sent where the ends are not known. */
const inOrderOfEnd = (samples: readonly Sample[]): readonly Sample[] => {
  const lives = livesOf(samples)
  if (lives === null) return samples
  return [...samples.keys()].sort((a, b) => lives[a]!.to - lives[b]!.to).map((index) => samples[index]!)
}

/** The last one was sent before the first one had ended, as far as is known. */
const isBurst = (samples: readonly Sample[]): boolean => {
  const lives = livesOf(samples)
  if (lives === null) return samples.length > 1
  const lastSent = lives.reduce((last, { from }) => Math.max(last, from), -Infinity)
  const firstEnd = lives.reduce((first, { to }) => Math.min(first, to), Infinity)
  return lastSent < firstEnd && samples.length > 1
}

/** Without the end, where fewer and fewer requests run beside each other: as many as ran at once, an eighth at most. */
const steadyPart = (pace: Pace, samples: readonly Sample[]): Pace => {
  const { length } = pace.values
  const drained = Math.min(mostAtOnce(livesOf(samples) ?? []), Math.floor(length / 8))
  return { ...pace, values: pace.values.slice(0, length - drained) }
}

const mostAtOnce = (lives: readonly Life[]): number => {
  const moves = lives.flatMap(({ from, to }) => [
    { at: from, by: 1 },
    { at: to, by: -1 }
  ])
  let [now, most] = [0, 0]
  for (const { by } of moves.sort((a, b) => a.at - b.at || a.by - b.by)) {
    now += by
    most = Math.max(most, now)
  }
  return most
}
