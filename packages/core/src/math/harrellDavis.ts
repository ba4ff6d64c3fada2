import { incompleteBeta } from "./incompleteBeta.ts"

/**
 * Harrell-Davis quantile: a weighted mean of all order statistics. Smoother than interpolation for small samples with
 * light tails; one outlier moves every quantile, so gates do not use it. Null for an empty sample.
 */
export const harrellDavis = (sample: readonly number[], p: number): number | null => {
  const sorted = sample.toSorted((x, y) => x - y)
  const n = sorted.length
  if (n === 0) return null
  const a = (n + 1) * p
  const b = (n + 1) * (1 - p)
  if (a === 0 || b === 0) return sorted[a === 0 ? 0 : n - 1]!
  let below = 0
  return sorted.reduce((sum, value, i) => {
    const upTo = incompleteBeta((i + 1) / n, a, b)
    const weight = upTo - below
    below = upTo
    return sum + weight * value
  }, 0)
}
