import { mean } from "./moments.ts"

/** How many values at the start of a run belong to its warm-up. */
export interface WarmupCut {
  readonly truncate: number
  /** Squared standard error of the rest's mean. */
  readonly statistic: number
  readonly batches: number
  /** The best cut is the latest one that was tried: the run never became steady. */
  readonly atBound: boolean
}

/** MSER-m: cut where the mean of what follows is known best. Values in order of completion; m = 5 batches. */
export const warmupCut = (values: readonly number[], m = 5): WarmupCut => {
  const batches = Array.from({ length: Math.floor(values.length / m) }, (_, i) =>
    mean(values.slice(i * m, (i + 1) * m))
  )
  const bound = Math.floor(batches.length / 2)
  let best = { cut: 0, statistic: Infinity }
  for (let cut = 0; cut <= bound && cut < batches.length; cut++) {
    const rest = batches.slice(cut)
    const middle = mean(rest)
    const statistic = rest.reduce((sum, batch) => sum + (batch - middle) ** 2, 0) / rest.length ** 2
    if (statistic < best.statistic) best = { cut, statistic }
  }
  return { truncate: best.cut * m, statistic: best.statistic, batches: batches.length, atBound: best.cut === bound }
}
