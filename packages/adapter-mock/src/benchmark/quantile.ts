/** Linear between the two nearest ranks of sorted values, like `numpy.percentile`. */
export const quantile = (sorted: Float64Array, p: number): number => {
  const place = (sorted.length - 1) * p
  const below = sorted[Math.floor(place)] ?? NaN
  const above = sorted[Math.ceil(place)] ?? below
  return below + (place - Math.floor(place)) * (above - below)
}
