import { type Float64Buffer, makeFloat64Buffer } from "./Float64Buffer.ts"
import { quantile } from "./quantile.ts"

/**
 * Running statistics of d = b - a over the logprobs of two sides, in nats.
 *
 * NaN means "no value" (an engine's first position), -Infinity an impossible token. What cannot be subtracted is
 * counted apart and never enters a mean: a NaN in a mean would make every comparison with a limit false.
 */
export interface PairStats {
  readonly sizes: Float64Buffer
  sum: number
  sumAbs: number
  sumSquares: number
  maxAbs: number
  skippedNull: number
  bothImpossible: number
  /** Impossible, or without a value, on one side only. */
  supportMismatch: number
  notANumber: number
  /** Above 0 by more than rounding: raw logits, perhaps. */
  notALogprob: number
}

export const makePairStats = (): PairStats => ({
  sizes: makeFloat64Buffer(),
  sum: 0,
  sumAbs: 0,
  sumSquares: 0,
  maxAbs: 0,
  skippedNull: 0,
  bothImpossible: 0,
  supportMismatch: 0,
  notANumber: 0,
  notALogprob: 0
})

/** Engines write "impossible" as -Infinity or as the lowest finite number of their format. */
export const isImpossible = (logprob: number): boolean => logprob <= -1e30

/** Adds one pair; `isFirst` where a missing value is expected. Returns |d|, or NaN where there is none. */
export const addPair = (stats: PairStats, a: number, b: number, isFirst: boolean): number => {
  if (Number.isNaN(a) || Number.isNaN(b)) {
    if (!isFirst) stats.notANumber++
    else if (Number.isNaN(a) && Number.isNaN(b)) stats.skippedNull++
    else stats.supportMismatch++
    return NaN
  }
  if (a > 1e-3 || b > 1e-3) {
    stats.notALogprob++
    return NaN
  }
  if (isImpossible(a) || isImpossible(b)) {
    if (isImpossible(a) && isImpossible(b)) stats.bothImpossible++
    else stats.supportMismatch++
    return NaN
  }
  const delta = Math.min(b, 0) - Math.min(a, 0)
  const size = Math.abs(delta)
  stats.sizes.push(size)
  stats.sum += delta
  stats.sumAbs += size
  stats.sumSquares += delta * delta
  if (size > stats.maxAbs) stats.maxAbs = size
  return size
}

/** Null where no pair could be subtracted: a rate of nothing is not zero. */
export interface PairSummary {
  readonly n: number
  readonly meanAbs: number | null
  readonly rms: number | null
  readonly bias: number | null
  readonly maxAbs: number | null
  readonly p99Abs: number | null
}

export const summarise = (stats: PairStats): PairSummary => {
  const n = stats.sizes.length()
  const per = (sum: number): number | null => (n === 0 ? null : sum / n)
  return {
    n,
    meanAbs: per(stats.sumAbs),
    rms: n === 0 ? null : Math.sqrt(stats.sumSquares / n),
    bias: per(stats.sum),
    maxAbs: n === 0 ? null : stats.maxAbs,
    p99Abs: quantile(stats.sizes.values(), 0.99)
  }
}
