import { mean } from "./moments.ts"
import { normalCdf, normalQuantile } from "./normal.ts"
import { quantile } from "./quantile.ts"
import { makeXoshiro, type Xoshiro } from "./Xoshiro.ts"

/**
 * How one replicate is drawn from an arm's runs: all requests as one sample, whole runs, or runs and then the requests
 * within each. Requests of one run are not independent, so `pooled` is for display only and too narrow.
 */
export type BootstrapMethod = "pooled" | "cluster" | "two-stage"

export interface Bootstrap {
  readonly point: number
  readonly interval: readonly [number, number]
  readonly replicates: readonly number[]
}

/** Percentile interval of ln (statistic of B / statistic of A). Each arm is a list of runs, a run its requests. */
export const bootstrapLogRatio = (
  a: readonly (readonly number[])[],
  b: readonly (readonly number[])[],
  statistic: (sample: readonly number[]) => number,
  { method, reps, seed, confidence }: { method: BootstrapMethod; reps: number; seed: number; confidence: number }
): Bootstrap => {
  const random = makeXoshiro(seed)
  const replicates = Array.from({ length: reps }, () => {
    const ofA = statistic(draw(a, method, random))
    return Math.log(statistic(draw(b, method, random)) / ofA)
  })
  return {
    point: Math.log(statistic(b.flat()) / statistic(a.flat())),
    interval: percentiles(replicates, (1 - confidence) / 2, (1 + confidence) / 2),
    replicates
  }
}

const draw = (runs: readonly (readonly number[])[], method: BootstrapMethod, random: Xoshiro): readonly number[] => {
  if (method === "pooled") return resample(runs.flat(), random)
  return runs.flatMap(() => {
    const run = runs[random.int(runs.length)]!
    return method === "cluster" ? run : resample(run, random)
  })
}

const resample = (sample: readonly number[], random: Xoshiro): readonly number[] =>
  sample.map(() => sample[random.int(sample.length)]!)

const percentiles = (values: readonly number[], low: number, high: number): readonly [number, number] => [
  quantile(values, low) ?? NaN,
  quantile(values, high) ?? NaN
]

/** Bias-corrected and accelerated interval of a mean; not for quantiles, whose jackknife is inconsistent. */
export interface BcaMean extends Bootstrap {
  readonly bias: number
  readonly acceleration: number
  /** The probabilities at which the replicates are read. */
  readonly levels: readonly [number, number]
  readonly percentileInterval: readonly [number, number]
}

export const bootstrapBcaMean = (
  sample: readonly number[],
  { reps, seed, confidence }: { reps: number; seed: number; confidence: number }
): BcaMean => {
  const random = makeXoshiro(seed)
  const point = mean(sample)
  const replicates = Array.from({ length: reps }, () => mean(resample(sample, random)))
  const below = replicates.filter((value) => value < point).length
  const equal = replicates.filter((value) => value === point).length
  const bias = normalQuantile((below + equal / 2) / reps)
  const acceleration = accelerationOf(sample)
  const tail = (1 - confidence) / 2
  const levels = [tail, 1 - tail].map((p) => {
    const z = bias + normalQuantile(p)
    return normalCdf(bias + z / (1 - acceleration * z))
  }) as [number, number]
  return {
    point,
    replicates,
    bias,
    acceleration,
    levels,
    interval: percentiles(replicates, ...levels),
    percentileInterval: percentiles(replicates, tail, 1 - tail)
  }
}

/** From the jackknife: leaving out x_i moves the mean by (mean - x_i) / (n - 1). */
const accelerationOf = (sample: readonly number[]): number => {
  const middle = mean(sample)
  const moves = sample.map((x) => (x - middle) / (sample.length - 1))
  const squares = moves.reduce((sum, move) => sum + move ** 2, 0)
  return squares === 0 ? 0 : moves.reduce((sum, move) => sum + move ** 3, 0) / (6 * squares ** 1.5)
}
