/** Sorted copy of the values that are there. */
export const sorted = (values: readonly (number | null)[]): readonly number[] =>
  values.filter((value): value is number => value !== null && Number.isFinite(value)).toSorted((a, b) => a - b)

/** Empirical quantile curve at `points` evenly spaced shares; the values must be sorted. */
export const quantileCurve = (values: readonly number[], shares: readonly number[]): (number | null)[] =>
  shares.map((share) =>
    values.length === 0
      ? null
      : (values[Math.min(values.length - 1, Math.ceil(share * values.length) - 1)] ?? values[0] ?? null)
  )
