/** Rank of each value, 1 = largest; equal values keep their order. */
export const descendingRanks = (values: readonly number[]): number[] => {
  const order = values.map((_, index) => index).sort((a, b) => (values[b] ?? 0) - (values[a] ?? 0) || a - b)
  const ranks = Array.from({ length: values.length }, () => 0)
  order.forEach((index, place) => {
    ranks[index] = place + 1
  })
  return ranks
}
