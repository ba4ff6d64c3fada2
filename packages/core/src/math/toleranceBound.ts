import { binomialCdf } from "./binomial.ts"

/** Smallest sample whose maximum covers `content` of the population with this confidence. */
export const toleranceSampleSize = (content: number, confidence: number): number => {
  const n = Math.ceil(Math.log(1 - confidence) / Math.log(content))
  return 1 - content ** (n - 1) >= confidence ? n - 1 : n
}

/** Rank (from 1) of the order statistic that covers `content` with this confidence; null where n is too small. */
export const upperToleranceRank = (n: number, content: number, confidence: number): number | null => {
  let low = 1
  let high = n + 1
  while (low < high) {
    const rank = Math.floor((low + high) / 2)
    if (rank <= n && binomialCdf(rank - 1, n, content) < confidence) low = rank + 1
    else high = rank
  }
  return low > n ? null : low
}
