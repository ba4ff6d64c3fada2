import { metricDefinition, percentileOf, splitMetric } from "../domain/metricDefinitions.ts"
import type { GateRule } from "../domain/gateRule.ts"

/** Largest worsening that passes where nobody said otherwise; about 2.5 times what runs of one build are apart. */
const byPercentile: { readonly [p: string]: number | undefined } = { p50: 0.03, p95: 0.05, p99: 0.1 }
const throughputMargin = 0.03
const gatedTimes = new Set(["ttft_ms", "tpot_ms", "itl_ms", "e2e_latency_ms"])
const gatedRates = new Set(["output_throughput", "request_throughput", "total_throughput"])

/** The gates of benchmark runs without a suite that says them; a metric without one is shown and not judged. */
export const defaultRules = (metrics: readonly string[]): readonly GateRule[] =>
  metrics.flatMap((metric): readonly GateRule[] => {
    const margin = marginOf(metric)
    return margin === null ? [] : [{ name: metric, metric, maxRegression: margin }]
  })

const marginOf = (metric: string): number | null => {
  if (metric === "failure_rate") return 0.01
  if (gatedRates.has(metric)) return throughputMargin
  const { stem, statistic } = splitMetric(metric)
  const isGated = gatedTimes.has(stem) && metricDefinition(metric) !== null && percentileOf(metric) !== null
  return isGated ? (byPercentile[statistic ?? ""] ?? null) : null
}
