import { incompleteBeta, inverseIncompleteBeta } from "./incompleteBeta.ts"

/** P(X <= k) for X ~ Binomial(n, p). */
export const binomialCdf = (k: number, n: number, p: number): number =>
  k < 0 ? 0 : k >= n ? 1 : incompleteBeta(1 - p, n - k, k + 1)

/** Exact two-sided interval of a share (Clopper-Pearson); null for n = 0. */
export const clopperPearson = (good: number, n: number, confidence = 0.95): readonly [number, number] | null => {
  if (n === 0) return null
  const tail = (1 - confidence) / 2
  return [
    good === 0 ? 0 : inverseIncompleteBeta(tail, good, n - good + 1),
    good === n ? 1 : inverseIncompleteBeta(1 - tail, good + 1, n - good)
  ]
}
