import { mean, variance } from "./moments.ts"
import { tQuantile } from "./studentT.ts"

/** Where the next run of a series is expected with this confidence; null for fewer than two runs. */
export const predictionInterval = (series: readonly number[], confidence = 0.99): readonly [number, number] | null => {
  const n = series.length
  if (n < 2) return null
  const half = tQuantile((1 + confidence) / 2, n - 1) * Math.sqrt(variance(series) * (1 + 1 / n))
  return [mean(series) - half, mean(series) + half]
}
