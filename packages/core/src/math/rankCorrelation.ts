/** Ranks from 1, ties sharing their average. */
export const averageRanks = (values: readonly number[]): readonly number[] => {
  const order = [...values.keys()].sort((i, j) => values[i]! - values[j]!)
  const ranks = Array.from(values, () => 0)
  for (let from = 0; from < order.length;) {
    let to = from + 1
    while (to < order.length && values[order[to]!] === values[order[from]!]) to++
    for (let r = from; r < to; r++) ranks[order[r]!] = (from + 1 + to) / 2
    from = to
  }
  return ranks
}

/** Pearson correlation of the average ranks; null where one list is all tied. */
export const spearman = (x: readonly number[], y: readonly number[]): number | null => {
  const rx = averageRanks(x)
  const ry = averageRanks(y)
  const middle = (x.length + 1) / 2
  let xy = 0
  let xx = 0
  let yy = 0
  for (let i = 0; i < x.length; i++) {
    xy += (rx[i]! - middle) * (ry[i]! - middle)
    xx += (rx[i]! - middle) ** 2
    yy += (ry[i]! - middle) ** 2
  }
  return xx === 0 || yy === 0 ? null : xy / Math.sqrt(xx * yy)
}
