import { binomialCdf } from "./binomial.ts"

/** Order statistics (ranks from 1) that enclose a quantile, whatever the distribution; 0 and n + 1 are open ends. */
export interface QuantileRanks {
  readonly low: number
  readonly high: number
  /** Probability that the interval holds the quantile. */
  readonly coverage: number
}

/** For independent samples only: requests of one run, not runs. */
export const quantileRanks = (n: number, p: number, confidence = 0.95): QuantileRanks => {
  const tail = (1 - confidence) / 2
  let low = 0
  while (low < n && binomialCdf(low, n, p) <= tail) low++
  let high = low
  while (high <= n && binomialCdf(high - 1, n, p) < 1 - tail) high++
  return { low, high, coverage: binomialCdf(high - 1, n, p) - (low === 0 ? 0 : binomialCdf(low - 1, n, p)) }
}
