/** Percentile as NumPy's default gives it: linear between order statistics. `p` in 0..1; null for no values. */
export const percentile = (values: readonly number[], p: number): number | null => {
  const sorted = values.toSorted((left, right) => left - right)
  const rank = p * (sorted.length - 1)
  const below = sorted[Math.floor(rank)]
  const above = sorted[Math.ceil(rank)]
  return below === undefined || above === undefined ? null : below + (above - below) * (rank - Math.floor(rank))
}
