import { incompleteBeta } from "./incompleteBeta.ts"
import { normalQuantile } from "./normal.ts"

/**
 * MLPerf's early stopping: how many requests under the limit are needed so that, with `over` beyond it, the share `p`
 * holds with this confidence.
 */
export const requestsUnderLimit = (p: number, over: number, confidence = 0.99, slack = 0): number => {
  let low = 0
  let high = 1
  const holds = (under: number): boolean => incompleteBeta(p - slack, under, over + 1) <= 1 - confidence
  while (!holds(high)) high *= 2
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (holds(middle)) high = middle
    else low = middle
  }
  return high
}

/** Wilson's score interval of a share; null for n = 0. */
export const wilson = (good: number, n: number, confidence = 0.95): readonly [number, number] | null => {
  if (n === 0) return null
  const z = normalQuantile((1 + confidence) / 2)
  const share = good / n
  const middle = share + z ** 2 / (2 * n)
  const half = z * Math.sqrt((share * (1 - share)) / n + z ** 2 / (4 * n ** 2))
  const scale = 1 + z ** 2 / n
  return [Math.max(0, (middle - half) / scale), Math.min(1, (middle + half) / scale)]
}
