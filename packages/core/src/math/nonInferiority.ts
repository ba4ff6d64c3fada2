import { mean, variance } from "./moments.ts"
import { tCdf, tQuantile } from "./studentT.ts"

export type NonInferiorityReason =
  | "equivalent"
  | "improved"
  | "slower-within-margin"
  | "non-inferior"
  | "regressed-beyond-margin"
  | "regressed-size-uncertain"
  | "underpowered"
  | "no-ci"

export interface NonInferiorityRuling {
  readonly outcome: "pass" | "fail" | "inconclusive"
  readonly reason: NonInferiorityReason
}

/** Three-valued reading of an interval of ln (candidate / baseline) against a margin; larger is worse. */
export const readInterval = (low: number, high: number, marginPercent: number): NonInferiorityRuling => {
  const margin = Math.log1p(marginPercent / 100)
  if (!Number.isFinite(low) || !Number.isFinite(high)) return { outcome: "inconclusive", reason: "no-ci" }
  if (low > margin) return { outcome: "fail", reason: "regressed-beyond-margin" }
  if (high >= margin) return { outcome: "inconclusive", reason: low > 0 ? "regressed-size-uncertain" : "underpowered" }
  if (high < 0) return { outcome: "pass", reason: "improved" }
  if (low > 0) return { outcome: "pass", reason: "slower-within-margin" }
  return { outcome: "pass", reason: low > -margin ? "equivalent" : "non-inferior" }
}

/** What the runs of two arms say of ln (B / A). */
export interface LogRatio {
  readonly logRatio: number
  readonly se: number
  readonly df: number
  /** One-sided alpha on each end, log scale; NaN where fewer than three runs per arm carry none. */
  readonly interval: readonly [number, number]
}

/**
 * ln (B / A) from one statistic per run (all positive). The run is the unit of replication: fewer than three per arm
 * carry no interval. `paired`: the runs were interleaved as blocks.
 */
export const compareLogs = (
  a: readonly number[],
  b: readonly number[],
  { alpha, paired }: { alpha: number; paired: boolean }
): LogRatio => {
  const { logRatio, se, df } = paired ? pairedDifference(a, b) : welch(a, b)
  const isEnough = Math.min(a.length, b.length) >= 3
  const half = se === 0 ? 0 : isEnough ? tQuantile(1 - alpha, df) * se : NaN
  const hasInterval = isEnough && Number.isFinite(half)
  return { logRatio, se, df, interval: hasInterval ? [logRatio - half, logRatio + half] : [NaN, NaN] }
}

/** One-sided p-value of "ln (B / A) is at most `bound`": small where B is larger than that. */
export const pAbove = ({ logRatio, se, df }: Omit<LogRatio, "interval">, bound: number): number => {
  if (se === 0) return logRatio > bound ? 0 : 1
  return tCdf((bound - logRatio) / se, df)
}

export interface NonInferiority extends NonInferiorityRuling, LogRatio {
  /** P-value of "worse than the margin or equal to it". */
  readonly p: number
}

/** Whether B is worse than A by more than a margin; larger is worse. */
export const nonInferiority = (
  a: readonly number[],
  b: readonly number[],
  { marginPercent, alpha, paired }: { marginPercent: number; alpha: number; paired: boolean }
): NonInferiority => {
  const compared = compareLogs(a, b, { alpha, paired })
  const { logRatio, se, df, interval } = compared
  const excess = logRatio - Math.log1p(marginPercent / 100)
  return {
    ...compared,
    p: se === 0 ? (excess < 0 ? 0 : 1) : tCdf(excess / se, df),
    ...readInterval(...interval, marginPercent)
  }
}

interface Difference {
  readonly logRatio: number
  readonly se: number
  readonly df: number
}

const welch = (a: readonly number[], b: readonly number[]): Difference => {
  const [logA, logB] = [a.map(Math.log), b.map(Math.log)]
  const va = variance(logA) / a.length
  const vb = variance(logB) / b.length
  return {
    logRatio: mean(logB) - mean(logA),
    se: Math.sqrt(va + vb),
    df: (va + vb) ** 2 / (va ** 2 / (a.length - 1) + vb ** 2 / (b.length - 1))
  }
}

const pairedDifference = (a: readonly number[], b: readonly number[]): Difference => {
  const differences = a.map((value, i) => Math.log(b[i]! / value))
  return {
    logRatio: mean(differences),
    se: Math.sqrt(variance(differences) / differences.length),
    df: differences.length - 1
  }
}

/** Runs per arm that a run-to-run spread `cv` needs to show a margin with this power. */
export const runsNeeded = (cv: number, marginPercent: number, alpha: number, power: number): number =>
  runsToTell(2 * Math.log1p(cv ** 2), Math.log1p(marginPercent / 100), (n) => 2 * n - 2, { alpha, power })

/**
 * Runs per arm that tell an effect on the log scale from none. `variance` is that of the difference of one run of each
 * arm, `df` what n runs per arm leave. At most `most`.
 */
export const runsToTell = (
  variance: number,
  effect: number,
  df: (n: number) => number,
  { alpha, power, most = Infinity }: { alpha: number; power: number; most?: number }
): number => {
  const enough = (n: number): boolean =>
    n >= variance * ((tQuantile(1 - alpha, df(n)) + tQuantile(power, df(n))) / effect) ** 2
  let [low, high] = [1, 2]
  while (high < most && !enough(high)) [low, high] = [high, Math.min(most, 2 * high)]
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (enough(middle)) high = middle
    else low = middle
  }
  return high
}
