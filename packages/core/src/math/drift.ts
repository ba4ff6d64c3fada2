import { mean } from "./moments.ts"
import { normalTail } from "./normal.ts"
import { quantile } from "./quantile.ts"

/** Whether a series rises or falls all along. */
export interface Drift {
  /** Mann-Kendall: rising pairs less falling ones. */
  readonly s: number
  readonly variance: number
  readonly z: number
  /** Two-sided. */
  readonly p: number
  /** Theil-Sen: median change per step. */
  readonly slope: number
  /** Autocorrelation of neighbours: above 0.2 the p-value is too small. */
  readonly lag1: number | null
}

/** O(n^2) in the length of the series. */
export const drift = (series: readonly number[]): Drift => {
  const n = series.length
  const slopes: number[] = []
  let s = 0
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) {
      s += Math.sign(series[j]! - series[i]!)
      slopes.push((series[j]! - series[i]!) / (j - i))
    }
  }
  const ties = [...Map.groupBy(series, (value) => value).values()].map((group) => group.length)
  const spread = (count: number): number => count * (count - 1) * (2 * count + 5)
  const variance = (spread(n) - ties.reduce((sum, t) => sum + spread(t), 0)) / 18
  const z = variance === 0 ? 0 : (s - Math.sign(s)) / Math.sqrt(variance)
  return {
    s,
    variance,
    z,
    p: Math.min(1, 2 * normalTail(Math.abs(z))),
    slope: quantile(slopes, 0.5) ?? 0,
    lag1: lag1(series)
  }
}

const lag1 = (series: readonly number[]): number | null => {
  const middle = mean(series)
  const total = series.reduce((sum, value) => sum + (value - middle) ** 2, 0)
  const neighbours = series.slice(1).reduce((sum, value, i) => sum + (value - middle) * (series[i]! - middle), 0)
  return total === 0 ? null : neighbours / total
}
