import type { Measurement } from "../compare/Measurement.ts"
import type { GateResult } from "../domain/comparison.ts"

/** Runs per arm from which a run-level comparison has its usual power. */
const usualRuns = 5

/** Largest worsening that passes, by the metric's name; a metric without a row is shown and not gated. */
const margins: readonly { readonly metric: RegExp; readonly margin: number }[] = [
  { metric: /(ttft|itl|tpot|latency|e2e).*(p50|median)/, margin: 0.03 },
  { metric: /(ttft|itl|tpot|latency|e2e).*p95/, margin: 0.05 },
  { metric: /(ttft|itl|tpot|latency|e2e).*p99/, margin: 0.1 },
  { metric: /^(output|request|total_token)_throughput$/, margin: 0.03 }
]

/**
 * Latency and throughput of benchmark runs. The run is the unit of replication: one per arm shows a ratio and
 * judges nothing.
 */
export const latencyGates = ({ metrics, benchmarkRuns }: Measurement): readonly GateResult[] =>
  benchmarkRuns === 0
    ? []
    : metrics.flatMap(({ name, ratio }) => {
        const row = margins.find(({ metric }) => metric.test(name))
        if (row === undefined || ratio === null) return []
        return {
          name,
          outcome: "inconclusive" as const,
          reason: "too-few-runs",
          value: ratio,
          margin: row.margin,
          interval: null,
          moreRunsNeeded: Math.max(1, usualRuns - benchmarkRuns)
        }
      })
