import type { MetricDelta } from "../domain/comparison.ts"
import { quantile } from "../math/quantile.ts"
import { isWhole, type Pairing } from "./pairRuns.ts"

/** Every metric that some arm reports: the median over each arm's paired runs, and candidate / baseline. */
export const metricDeltas = (pairings: readonly Pairing[]): readonly MetricDelta[] => {
  const whole = pairings.filter(isWhole)
  const runs = (whole[0]?.records ?? []).map((_, arm) => whole.flatMap((pairing) => pairing.records[arm]?.run ?? []))
  const units = new Map(
    runs.flat().flatMap((run) => Object.entries(run.metrics).map(([name, metric]) => [name, metric.unit] as const))
  )
  return [...units].map(([name, unit]) => {
    const values = runs.map((arm) =>
      quantile(
        arm.flatMap((run) => run.metrics[name]?.value ?? []),
        0.5
      )
    )
    return { name, unit, values, ratio: furthestRatio(values), interval: null }
  })
}

/** Of several candidates, the one that moved most. */
const furthestRatio = ([baseline = null, ...candidates]: readonly (number | null)[]): number | null => {
  if (baseline === null || baseline === 0) return null
  const ratios = candidates.flatMap((value) => (value === null ? [] : value / baseline))
  return ratios.sort((a, b) => Math.abs(Math.log(b)) - Math.abs(Math.log(a)))[0] ?? null
}
