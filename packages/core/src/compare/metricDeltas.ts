import type { MetricDelta } from "../domain/comparison.ts"
import { quantile } from "../math/quantile.ts"
import type { RunRecord } from "./Arms.ts"
import { compareRepeats, geometricMean, type MetricChange } from "./compareRepeats.ts"
import type { Repeats } from "./Repeats.ts"

/**
 * Every metric of the requests that all arms answered: one value per arm, and how far the candidate moved. Runs that
 * are not fit are shown only where an arm has no others.
 */
export const metricDeltas = (repeats: readonly Repeats[], alpha: number): readonly MetricDelta[] => {
  const requests = repeats
    .filter(({ answered }) => answered.every((records) => records.length > 0))
    .map((one) => ({ ...one, shown: isFit(one) ? one.fit : one.answered }))
  const units = new Map(
    requests.flatMap(({ shown }) =>
      shown.flat().flatMap(({ run }) => Object.entries(run.metrics).map(([name, { unit }]) => [name, unit] as const))
    )
  )
  return [...units].map(([name, unit]) => {
    const reporting = requests.filter(({ shown }) => shown.flat().some(({ run }) => name in run.metrics))
    const arms = reporting[0]!.shown.map((_, arm) => reporting.flatMap(({ shown }) => shown[arm]!))
    const values = arms.map((records) => centre(records, name))
    // The spread of different requests says nothing of how runs of one request repeat.
    const lone = reporting.find((one) => reporting.length === 1 && isFit(one))
    return { name, unit, values, ...furthest(values, (arm) => lone && compareRepeats(lone, arm, name, alpha)) }
  })
}

const isFit = ({ fit }: Repeats): boolean => fit.every((records) => records.length > 0)

const centre = (records: readonly RunRecord[], name: string): number | null => {
  const values = records.flatMap(({ run }) => run.metrics[name]?.value ?? [])
  return values.length > 0 && values.every((value) => value > 0) ? geometricMean(values) : quantile(values, 0.5)
}

type Moved = Pick<MetricDelta, "ratio" | "interval" | "p">

/** Of several candidates, the one that moved most. */
const furthest = (
  [baseline = null, ...candidates]: readonly (number | null)[],
  change: (arm: number) => MetricChange | null | undefined
): Moved => {
  const moved = candidates.flatMap((value, index): Moved | readonly [] =>
    value === null || baseline === null || baseline === 0
      ? []
      : (change(index + 1) ?? { ratio: value / baseline, interval: null, p: null })
  )
  const distance = ({ ratio }: Moved): number => Math.abs(Math.log(ratio ?? 1))
  return moved.sort((a, b) => distance(b) - distance(a))[0] ?? { ratio: null, interval: null, p: null }
}
