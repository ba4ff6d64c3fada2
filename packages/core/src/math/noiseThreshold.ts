/** How large a change must be to stand out from a history of changes. */
export interface NoiseThreshold {
  readonly q1: number
  readonly q3: number
  readonly threshold: number
}

/** Tukey's far fence over the relative changes of a series, with the quartiles as rustc-perf takes them. */
export const noiseThreshold = (history: readonly number[]): NoiseThreshold => {
  const changes = history
    .slice(1)
    .map((value, i) => Math.abs((value - history[i]!) / history[i]!))
    .sort((a, b) => a - b)
  const middle = Math.floor(changes.length / 2)
  const q1 = median(changes.slice(0, middle))
  const q3 = median(changes.slice(changes.length % 2 === 0 ? middle : middle + 1))
  return { q1, q3, threshold: q3 + 3 * (q3 - q1) }
}

/** The upper of the two middle values where there are two. */
const median = (sorted: readonly number[]): number => sorted[Math.floor(sorted.length / 2)] ?? 0
