/** The segmentation of a series with the least squared error plus a penalty for each segment. */
export interface Segmentation {
  /** First index of every segment but the first. */
  readonly changePoints: readonly number[]
  /** Squared error within the segments and the penalty of each segment. */
  readonly cost: number
}

/** Optimal partitioning, exact; O(n^2), which the length of a history allows. */
export const pelt = (series: readonly number[], penalty: number, minSize = 2): Segmentation => {
  const n = series.length
  const sums = prefix(series)
  const squares = prefix(series.map((value) => value * value))
  const error = (from: number, to: number): number => {
    const sum = sums[to]! - sums[from]!
    return squares[to]! - squares[from]! - (sum * sum) / (to - from)
  }
  const best = Array.from({ length: n + 1 }, () => ({ cost: Infinity, from: 0 }))
  best[0] = { cost: 0, from: 0 }
  for (let to = minSize; to <= n; to++) {
    for (let from = 0; from <= to - minSize; from++) {
      const cost = best[from]!.cost + error(from, to) + penalty
      if (cost < best[to]!.cost) best[to] = { cost, from }
    }
  }
  const changePoints: number[] = []
  for (let from = best[n]!.from; from > 0; from = best[from]!.from) changePoints.unshift(from)
  return { changePoints, cost: best[n]!.cost }
}

const prefix = (values: readonly number[]): readonly number[] => {
  let sum = 0
  return [0, ...values.map((value) => (sum += value))]
}
