/**
 * Rank correlation of two equally long lists with the correction for ties; 1 = same order.
 *
 * Null where it is undefined: fewer than two entries, or one list all tied. O(n log n) (Knight's method).
 */
export const kendallTauB = (x: ArrayLike<number>, y: ArrayLike<number>): number | null => {
  const n = x.length
  if (n < 2) return null
  const order = Array.from({ length: n }, (_, i) => i).sort((i, j) => x[i]! - x[j]! || y[i]! - y[j]!)
  const ys = Float64Array.from(order, (i) => y[i]!)
  const tiedBoth = pairsInRuns(n, (r) => x[order[r]!] === x[order[r - 1]!] && ys[r] === ys[r - 1])
  const tiedX = pairsInRuns(n, (r) => x[order[r]!] === x[order[r - 1]!])
  const discordant = sortCountingSwaps(ys)
  const tiedY = pairsInRuns(n, (r) => ys[r] === ys[r - 1])
  const total = (n * (n - 1)) / 2
  const denominator = Math.sqrt((total - tiedX) * (total - tiedY))
  return denominator === 0 ? null : (total - tiedX - tiedY + tiedBoth - 2 * discordant) / denominator
}

/** Number of pairs within runs of neighbours for which `same(r)` ties r to r - 1. */
const pairsInRuns = (n: number, same: (r: number) => boolean): number => {
  let pairs = 0
  let run = 0
  for (let r = 1; r < n; r++) {
    run = same(r) ? run + 1 : 0
    pairs += run
  }
  return pairs
}

/** Merge sort in place; returns how many pairs stood in strictly wrong order. */
const sortCountingSwaps = (values: Float64Array): number => {
  const scratch = new Float64Array(values.length)
  let swaps = 0
  for (let width = 1; width < values.length; width *= 2) {
    for (let from = 0; from < values.length; from += 2 * width) {
      const middle = Math.min(from + width, values.length)
      const to = Math.min(from + 2 * width, values.length)
      let left = from
      let right = middle
      for (let out = from; out < to; out++) {
        if (left < middle && (right >= to || values[left]! <= values[right]!)) scratch[out] = values[left++]!
        else {
          scratch[out] = values[right++]!
          swaps += middle - left
        }
      }
    }
    values.set(scratch)
  }
  return swaps
}
