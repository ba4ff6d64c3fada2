/**
 * Normalised discounted cumulative gain at k: how much of the reference's best k the other order keeps at the top.
 *
 * An item's gain is its reference score; 1 = as good as the reference's own order. Null where the ideal is 0.
 */
export const ndcg = (ref: readonly number[], other: readonly number[], k: number): number | null => {
  const ideal = discounted(ref, bestFirst(ref), k)
  return ideal === 0 ? null : discounted(ref, bestFirst(other), k) / ideal
}

/** Item numbers by falling score; ties in item order. */
export const bestFirst = (scores: readonly number[]): readonly number[] =>
  [...scores.keys()].sort((i, j) => scores[j]! - scores[i]! || i - j)

const discounted = (gains: readonly number[], order: readonly number[], k: number): number =>
  order.slice(0, k).reduce((sum, item, rank) => sum + gains[item]! / Math.log2(rank + 2), 0)
