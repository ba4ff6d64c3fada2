import { mean } from "./moments.ts"
import { tTwoSided } from "./studentT.ts"

/** A place where a series takes another level; `index` is the first value of the new one. */
export interface ChangePoint {
  readonly index: number
  readonly p: number
  readonly meanBefore: number
  readonly meanAfter: number
  readonly stdBefore: number
  readonly stdAfter: number
  /** Larger of the two relative changes. */
  readonly magnitude: number
}

export interface ChangePoints {
  readonly points: readonly ChangePoint[]
  /** Candidates before the weak ones were merged away. */
  readonly weak: readonly number[]
}

/**
 * Change points of one value per run by E-divisive means with Student's t, result for result as Apache Otava 0.8 finds
 * them, the quirks included: its t uses the population variance, and merging refreshes only the later neighbour.
 */
export const changePoints = (
  series: readonly number[],
  { window, maxP, minMagnitude }: { window: number; maxP: number; minMagnitude: number }
): ChangePoints => {
  const weak = weakPoints(series, window, maxP < 0.05 ? 10 * maxP : maxP < 0.5 ? 2 * maxP : maxP)
  const points = weak.map((index, k) => describe(series, weak[k - 1] ?? 0, index, weak[k + 1] ?? series.length))
  return { points: merged(series, points, maxP, minMagnitude), weak }
}

/** Overlapping windows, each starting half a window or a change point later. */
const weakPoints = (series: readonly number[], window: number, maxP: number): readonly number[] => {
  const found = new Set<number>()
  const step = Math.floor(window / 2)
  for (let start = 0; start < series.length;) {
    const end = Math.min(start + window, series.length)
    const inWindow = detect(series.slice(start, end), maxP).map((index) => index + start)
    const fresh = inWindow.filter((index) => !found.has(index))
    for (const index of fresh) found.add(index)
    start = Math.max(fresh.at(-1) ?? 0, start + step)
  }
  return [...found].sort((a, b) => a - b)
}

interface Interval {
  readonly from: number
  readonly to: number
  readonly candidate: Candidate | null
}

/** Splits the interval with the strongest candidate until that one is no longer significant. */
const detect = (series: readonly number[], maxP: number): readonly number[] => {
  const interval = (from: number, to: number): Interval => {
    const candidate = strongest(series.slice(from, to))
    return { from, to, candidate: candidate && { ...candidate, tau: candidate.tau + from } }
  }
  let intervals: readonly Interval[] = [interval(0, series.length)]
  const found: number[] = []
  for (;;) {
    const best = intervals.reduce<Interval | null>(
      (top, next) => (next.candidate !== null && (top?.candidate?.q ?? -Infinity) < next.candidate.q ? next : top),
      null
    )
    if (best?.candidate == null) break
    const { tau } = best.candidate
    if (!(pValue(series.slice(best.from, tau), series.slice(tau, best.to)) <= maxP)) break
    found.push(tau)
    intervals = intervals.flatMap((one) => (one === best ? [interval(one.from, tau), interval(tau, one.to)] : one))
  }
  return found.sort((a, b) => a - b)
}

export interface Candidate {
  readonly tau: number
  readonly q: number
}

/** The split with the largest energy distance; the first one where several are equal. */
export const strongest = (series: readonly number[]): Candidate | null => {
  let best: Candidate | null = null
  for (const [row, values] of energyDistances(series).entries()) {
    for (const q of values.slice(row)) if (best === null || q > best.q) best = { tau: row + 1, q }
  }
  return best
}

/**
 * Q(tau, kappa): how far the values before tau are from those between tau and kappa. Row i is tau = i + 1, column j is
 * kappa = j + 2; below the diagonal 0.
 */
export const energyDistances = (series: readonly number[]): readonly (readonly number[])[] => {
  const n = series.length
  return Array.from({ length: Math.max(0, n - 1) }, (_, row) => {
    const tau = row + 1
    const before = within(series, 0, tau)
    let across = 0
    let after = 0
    return Array.from({ length: n - 1 }, (_, column) => {
      const kappa = column + 2
      if (kappa <= tau) return 0
      const added = series[kappa - 1]!
      for (let i = 0; i < tau; i++) across += Math.abs(series[i]! - added)
      for (let j = tau; j < kappa - 1; j++) after += Math.abs(series[j]! - added)
      return energy(across, before, after, tau, kappa - tau)
    })
  })
}

const within = (series: readonly number[], from: number, to: number): number => {
  let sum = 0
  for (let i = from; i < to; i++) for (let k = from; k < i; k++) sum += Math.abs(series[i]! - series[k]!)
  return sum
}

const energy = (across: number, before: number, after: number, n: number, m: number): number =>
  (2 / (m + n)) * across -
  (n === 1 ? 0 : ((2 * m) / ((m + n) * (n - 1))) * before) -
  (m === 1 ? 0 : ((2 * n) / ((m + n) * (m - 1))) * after)

/** Student's t with pooled population variances; NaN, which is never significant, for two equal constants. */
const pValue = (left: readonly number[], right: readonly number[]): number => {
  const df = left.length + right.length - 2
  if (df <= 0) return 1
  const difference = mean(left) - mean(right)
  const pooled = ((left.length - 1) * populationVariance(left) + (right.length - 1) * populationVariance(right)) / df
  if (pooled === 0) return difference === 0 ? NaN : 0
  return tTwoSided(difference / Math.sqrt(pooled * (1 / left.length + 1 / right.length)), df)
}

const populationVariance = (values: readonly number[]): number => {
  const middle = mean(values)
  return values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / values.length
}

const describe = (series: readonly number[], from: number, index: number, to: number): ChangePoint => {
  const before = series.slice(from, index)
  const after = series.slice(index, to)
  const [meanBefore, meanAfter] = [mean(before), mean(after)]
  return {
    index,
    p: pValue(before, after),
    meanBefore,
    meanAfter,
    stdBefore: Math.sqrt(populationVariance(before)),
    stdAfter: Math.sqrt(populationVariance(after)),
    magnitude: Math.max(relativeChange(meanBefore, meanAfter), relativeChange(meanAfter, meanBefore))
  }
}

const relativeChange = (from: number, to: number): number => (from === 0 ? 0 : Math.abs(to / from - 1))

const merged = (
  series: readonly number[],
  points: readonly ChangePoint[],
  maxP: number,
  minMagnitude: number
): readonly ChangePoint[] => {
  const kept = [...points]
  while (kept.length > 0) {
    const leastSure = kept.reduce((weak, point) => (point.p > weak.p ? point : weak))
    const smallest = kept.reduce((weak, point) => (point.magnitude < weak.magnitude ? point : weak))
    const weakest = leastSure.p < maxP ? smallest : leastSure
    if (weakest === smallest && leastSure.p < maxP && smallest.magnitude > minMagnitude) break
    const at = kept.indexOf(weakest)
    kept.splice(at, 1)
    for (const k of [at, at + 1]) {
      if (kept[k] === undefined) continue
      kept[k] = describe(series, kept[k - 1]?.index ?? 0, kept[k].index, kept[k + 1]?.index ?? series.length)
    }
  }
  return kept
}
