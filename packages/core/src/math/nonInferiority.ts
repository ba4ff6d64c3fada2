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

export interface NonInferiority extends NonInferiorityRuling {
  readonly logRatio: number
  readonly se: number
  readonly df: number
  /** One-sided alpha on each end, log scale. */
  readonly interval: readonly [number, number]
  /** P-value of "worse than the margin or equal to it". */
  readonly p: number
}

/**
 * Whether B is worse than A by more than a margin, from one statistic per run (larger is worse, all positive). The run is
 * the unit of replication: fewer than three per arm decide nothing. `paired`: the runs were interleaved as blocks.
 */
export const nonInferiority = (
  a: readonly number[],
  b: readonly number[],
  { marginPercent, alpha, paired }: { marginPercent: number; alpha: number; paired: boolean }
): NonInferiority => {
  const { logRatio, se, df } = paired ? pairedDifference(a, b) : welch(a, b)
  const half = se === 0 ? 0 : tQuantile(1 - alpha, df) * se
  const hasInterval = Math.min(a.length, b.length) >= 3 && Number.isFinite(half)
  const interval = hasInterval ? ([logRatio - half, logRatio + half] as const) : ([NaN, NaN] as const)
  const excess = logRatio - Math.log1p(marginPercent / 100)
  return {
    logRatio,
    se,
    df,
    interval,
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
export const runsNeeded = (cv: number, marginPercent: number, alpha: number, power: number): number => {
  const spread = Math.log1p(cv ** 2)
  const margin = Math.log1p(marginPercent / 100)
  let n = 2
  while (n < 2 * spread * ((tQuantile(1 - alpha, 2 * n - 2) + tQuantile(power, 2 * n - 2)) / margin) ** 2) n++
  return n
}
