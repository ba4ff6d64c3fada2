/** Holm's step-down adjustment: keeps the chance of any false alarm among the tests. */
export const holm = (p: readonly number[]): readonly number[] => {
  let floor = 0
  return adjusted(p, ascending(p), (value, rank) => (floor = Math.max(floor, (p.length - rank) * value)))
}

/** Benjamini and Hochberg's step-up adjustment: keeps the share of false ones among the alarms. */
export const benjaminiHochberg = (p: readonly number[]): readonly number[] => {
  let ceiling = 1
  return adjusted(
    p,
    ascending(p).toReversed(),
    (value, fromTop) => (ceiling = Math.min(ceiling, (p.length * value) / (p.length - fromTop)))
  )
}

const ascending = (p: readonly number[]): readonly number[] => [...p.keys()].sort((i, j) => p[i]! - p[j]!)

const adjusted = (
  p: readonly number[],
  order: readonly number[],
  adjust: (value: number, rank: number) => number
): readonly number[] => {
  const result = Array.from(p)
  for (const [rank, index] of order.entries()) result[index] = Math.min(1, adjust(p[index]!, rank))
  return result
}
