import { mean } from "./moments.ts"
import { makeXoshiro } from "./Xoshiro.ts"

export interface Permutation {
  /** |mean B - mean A|, or |mean| of the paired differences. */
  readonly observed: number
  readonly p: number
  readonly total: number
  /** Arrangements at least as far apart as what was observed. */
  readonly extreme: number
}

/** Every split is looked at up to this many. */
const mostSplits = 20_000
const slack = 1e-12

/** Two-sided permutation test of two means: exact, or by `reps` shuffles from `seed` where splits are too many. */
export const permutationTest = (
  a: readonly number[],
  b: readonly number[],
  {
    reps,
    seed,
    exact = choose(a.length + b.length, a.length) <= mostSplits
  }: { reps: number; seed: number; exact?: boolean }
): Permutation => {
  const pooled = [...a, ...b]
  const total = pooled.reduce((sum, value) => sum + value, 0)
  const distance = (sumA: number): number => Math.abs((total - sumA) / b.length - sumA / a.length)
  const observed = Math.abs(mean(b) - mean(a))
  const isExtreme = (sumA: number): boolean => distance(sumA) >= observed - slack
  if (exact) {
    const sums = splitSums(pooled, a.length)
    const extreme = sums.filter(isExtreme).length
    return { observed, p: extreme / sums.length, total: sums.length, extreme }
  }
  const random = makeXoshiro(seed)
  let extreme = 0
  for (let rep = 0; rep < reps; rep++) {
    for (let i = pooled.length - 1; i >= 1; i--) {
      const j = random.int(i + 1)
      const swapped = pooled[i]!
      pooled[i] = pooled[j]!
      pooled[j] = swapped
    }
    if (isExtreme(pooled.slice(0, a.length).reduce((sum, value) => sum + value, 0))) extreme++
  }
  return { observed, p: (extreme + 1) / (reps + 1), total: reps, extreme }
}

/** Exact sign-flip test of paired differences. */
export const signFlipTest = (differences: readonly number[]): Permutation => {
  const observed = Math.abs(mean(differences))
  const sums = differences.reduce<readonly number[]>((all, d) => all.flatMap((sum) => [sum + d, sum - d]), [0])
  const extreme = sums.filter((sum) => Math.abs(sum) / differences.length >= observed - slack).length
  return { observed, p: extreme / sums.length, total: sums.length, extreme }
}

/** Sums of all subsets of this size. */
const splitSums = (values: readonly number[], size: number): readonly number[] => {
  if (size === 0) return [0]
  if (size > values.length) return []
  const [first, ...rest] = values
  return [...splitSums(rest, size - 1).map((sum) => sum + first!), ...splitSums(rest, size)]
}

const choose = (n: number, k: number): number => {
  let ways = 1
  for (let i = 1; i <= k; i++) ways *= (n - k + i) / i
  return Math.round(ways)
}
