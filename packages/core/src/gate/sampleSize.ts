import type { RunRecord } from "../compare/Arms.ts"
import { percentileOf, splitMetric } from "../domain/metricDefinitions.ts"

/** A percentile can be judged from this many values beyond it on. */
const tailValues = 10

/** Values per run that a percentile's judgement needs; null for a metric that is none. */
export const valuesNeeded = (metric: string): number | null => {
  const p = percentileOf(metric)
  // 1 - 0.95 is a little above 0.05.
  return p === null ? null : Math.ceil(Math.round((tailValues / (1 - p)) * 1e6) / 1e6)
}

/** Values that a percentile of this run was read from, as far as it tells; null where it does not. */
export const valuesOf = (metric: string, { run }: RunRecord): number | null => {
  const told = (name: string): number | null => run.metrics[name]?.value ?? null
  if (splitMetric(metric).stem === "itl_ms") return told("output_tokens")
  const asked = "benchmark" in run.request ? Number(run.request.benchmark.set["num-prompts"] ?? NaN) : NaN
  return told("completed") ?? (Number.isFinite(asked) ? asked : null)
}
