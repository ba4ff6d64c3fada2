import { selectKth } from "./selectKth.ts"

/**
 * Quantile by linear interpolation between order statistics (Hyndman-Fan type 7: numpy's and R's default), of a sample
 * in any order. O(n). Null for an empty sample, and where a NaN makes the order meaningless.
 */
export const quantile = (sample: ArrayLike<number>, p: number): number | null => {
  const values = Float64Array.from(sample)
  const last = values.length - 1
  if (last < 0 || values.some(Number.isNaN)) return null
  const h = last * p
  const k = Math.min(Math.floor(h), last)
  const low = selectKth(values, k)
  if (k === last) return low
  const next = values.subarray(k + 1).reduce((least, value) => Math.min(least, value), Infinity)
  return next === low ? low : low + (h - k) * (next - low)
}
