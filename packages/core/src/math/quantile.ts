/**
 * Quantile by linear interpolation between order statistics (Hyndman-Fan type 7: numpy's and R's default).
 *
 * `sorted` must be ascending and free of NaN. Null for an empty sample.
 */
export const quantileOfSorted = (sorted: ArrayLike<number>, p: number): number | null => {
  const last = sorted.length - 1
  if (last < 0) return null
  const h = last * p
  const k = Math.min(Math.floor(h), last)
  const low = sorted[k]!
  return k === last ? low : low + (h - k) * (sorted[k + 1]! - low)
}

/** As `quantileOfSorted`, for a sample in any order. Null also where a NaN makes the order meaningless. */
export const quantile = (sample: ArrayLike<number>, p: number): number | null => {
  const sorted = Float64Array.from(sample).sort()
  return Number.isNaN(sorted[sorted.length - 1]) ? null : quantileOfSorted(sorted, p)
}
