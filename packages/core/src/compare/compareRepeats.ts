import { metricDefinition } from "../domain/metricDefinitions.ts"
import type { Run } from "../domain/run.ts"
import { mean } from "../math/moments.ts"
import { compareLogs, pAbove } from "../math/nonInferiority.ts"
import type { RunRecord } from "./Arms.ts"
import type { Repeats } from "./Repeats.ts"

/** One number per run of two arms, ready for a test: positive, and larger is worse. */
export interface RunSeries {
  readonly baseline: readonly number[]
  readonly candidate: readonly number[]
  /** The k-th of both sides ran in the same block. */
  readonly paired: boolean
}

/** Null where a run lacks the metric or has no positive value of it: its logarithm says nothing then. */
export const runSeries = (
  { fit }: Pick<Repeats, "fit">,
  candidate: number,
  metric: string,
  better: "lower" | "higher"
): RunSeries | null => {
  const sides = [fit[0] ?? [], fit[candidate] ?? []].map((records) =>
    records.map(({ run }) => run.metrics[metric]?.value ?? NaN)
  )
  if (sides.some((values) => values.length === 0 || !values.every((value) => value > 0 && value < Infinity)))
    return null
  const cost = (value: number): number => (better === "lower" ? value : 1 / value)
  const [a = [], b = []] = sides.map((values) => values.map(cost))
  return byBlock(blocksOf(fit[0]!), a, blocksOf(fit[candidate]!), b) ?? { baseline: a, candidate: b, paired: false }
}

/** Pairs the blocks that both sides ran in; null where some run knows no block, or too few are shared. */
const byBlock = (
  blocksA: readonly (string | null)[],
  a: readonly number[],
  blocksB: readonly (string | null)[],
  b: readonly number[]
): RunSeries | null => {
  if (blocksA.includes(null) || blocksB.includes(null)) return null
  const [ofA, ofB] = [blockMeans(blocksA, a), blockMeans(blocksB, b)]
  const shared = [...ofA.keys()].filter((block) => ofB.has(block))
  if (shared.length < 3) return null
  return {
    baseline: shared.map((block) => ofA.get(block)!),
    candidate: shared.map((block) => ofB.get(block)!),
    paired: true
  }
}

const blockMeans = (blocks: readonly (string | null)[], values: readonly number[]): ReadonlyMap<string, number> => {
  const members = Map.groupBy(values.keys(), (index) => blocks[index]!)
  return new Map([...members].map(([block, own]) => [block, geometricMean(own.map((index) => values[index]!))]))
}

const blocksOf = (records: readonly RunRecord[]): readonly (string | null)[] => records.map(({ run }) => blockOf(run))

/** The block of a campaign that a run belongs to; outside of campaigns its `block:` tag says. */
const blockOf = ({ campaign, tags }: Run): string | null =>
  campaign === null
    ? (tags.find((tag) => tag.startsWith("block:"))?.slice("block:".length) ?? null)
    : `${campaign.id}/${campaign.block}`

/** Percentiles of several runs are never averaged as milliseconds, only as logarithms. */
export const geometricMean = (values: readonly number[]): number =>
  values.every((value) => value === values[0]) ? values[0]! : Math.exp(mean(values.map(Math.log)))

/** How much a metric moved, and how surely. */
export interface MetricChange {
  /** Candidate / baseline. */
  readonly ratio: number
  /** One-sided alpha on each end, same scale. */
  readonly interval: readonly [number, number]
  /** One-sided p-value of "not worse than the baseline". */
  readonly p: number
}

/** The change of a metric between repeats of one request; null where they are too few, or it has no direction. */
export const compareRepeats = (
  repeats: Pick<Repeats, "fit">,
  candidate: number,
  metric: string,
  alpha: number
): MetricChange | null => {
  const better = metricDefinition(metric)?.better ?? null
  const series = better === null ? null : runSeries(repeats, candidate, metric, better)
  if (better === null || series === null) return null
  const compared = compareLogs(series.baseline, series.candidate, { alpha, paired: series.paired })
  const { ratio, interval } = ratioScale(compared.logRatio, compared.interval, better)
  return interval === null ? null : { ratio, interval, p: pAbove(compared, 0) }
}

/** From "larger is worse" on the log scale to candidate / baseline in the metric's own direction. */
export const ratioScale = (
  logRatio: number,
  [low, high]: readonly [number, number],
  better: "lower" | "higher"
): { readonly ratio: number; readonly interval: readonly [number, number] | null } => {
  const sign = better === "lower" ? 1 : -1
  const ends = [Math.exp(sign * low), Math.exp(sign * high)].sort((a, b) => a - b) as [number, number]
  return { ratio: Math.exp(sign * logRatio), interval: ends.every(Number.isFinite) ? ends : null }
}
