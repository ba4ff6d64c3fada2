import type { RunRecord } from "../compare/Arms.ts"
import { percentileOf, splitMetric } from "../domain/metricDefinitions.ts"
import { valuesNeeded } from "../math/valuesNeeded.ts"

/** Values per run that a percentile's judgement needs; null for a metric that is none. */
export const valuesNeededBy = (metric: string): number | null => {
  const p = percentileOf(metric)
  return p === null ? null : valuesNeeded(p)
}

/** Values that a percentile of this run was read from, as far as it tells; null where it does not. */
export const valuesOf = (metric: string, { run }: RunRecord): number | null => {
  const told = (name: string): number | null => run.metrics[name]?.value ?? null
  if (splitMetric(metric).stem === "itl_ms") return told("output_tokens")
  const asked = "benchmark" in run.request ? Number(run.request.benchmark.set["num-prompts"] ?? NaN) : NaN
  return told("completed") ?? (Number.isFinite(asked) ? asked : null)
}
