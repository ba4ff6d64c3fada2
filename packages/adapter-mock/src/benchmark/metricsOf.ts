import type { Metric, Metrics, Sample } from "@sglang-studio/core/adapter"
import { quantile } from "./quantile.ts"
import { answered, endingOf } from "./ending.ts"

const percentiles = { p50: 0.5, p90: 0.9, p95: 0.95, p99: 0.99 }

export interface Summary {
  readonly metrics: Metrics
  /** Percentiles that so few values cannot tell, such as `ttft_ms.p99`. */
  readonly missing: readonly string[]
}

/**
 * The figures of a benchmark under the names that real engines have. As their clients do, a request that failed inside
 * its stream counts as completed; `failure_rate` sees through that.
 */
export const metricsOf = (samples: readonly Sample[], durationS: number): Summary => {
  const completed = samples.filter((sample) => endingOf(sample) !== "refused")
  const inputTokens = sum(completed.map((sample) => sample.inputTokens ?? 0))
  const outputTokens = sum(completed.map((sample) => sample.outputTokens ?? 0))
  const failed = samples.length - answered(samples).length
  const spreads = [
    spread(
      "ttft_ms",
      completed.flatMap(({ ttftMs }) => ttftMs ?? [])
    ),
    spread("tpot_ms", completed.flatMap(tpotOf)),
    spread(
      "itl_ms",
      completed.flatMap(({ itlMs }) => itlMs ?? [])
    ),
    spread(
      "e2e_latency_ms",
      completed.flatMap(({ e2eMs }) => e2eMs ?? [])
    )
  ]
  const counts = {
    duration_s: metric("duration_s", durationS, "s"),
    sent: metric("sent", samples.length, "requests"),
    completed: metric("completed", completed.length, "requests"),
    failed: metric("failed", failed, "requests"),
    input_tokens: metric("input_tokens", inputTokens, "tokens"),
    output_tokens: metric("output_tokens", outputTokens, "tokens")
  }
  const ratios = samples.length === 0 ? {} : { failure_rate: metric("failure_rate", failed / samples.length, "ratio") }
  const rates =
    durationS === 0
      ? {}
      : {
          request_throughput: metric("request_throughput", completed.length / durationS, "requests/s"),
          input_throughput: metric("input_throughput", inputTokens / durationS, "tokens/s"),
          output_throughput: metric("output_throughput", outputTokens / durationS, "tokens/s"),
          total_throughput: metric("total_throughput", (inputTokens + outputTokens) / durationS, "tokens/s")
        }
  return {
    metrics: Object.assign({}, ...spreads.map(({ metrics }) => metrics), counts, ratios, rates) as Metrics,
    missing: spreads.flatMap(({ missing }) => missing)
  }
}

/** Mean and percentiles in milliseconds; n values can tell a percentile p only where n >= 1 / (1 - p). */
const spread = (name: string, values: readonly number[]): Summary => {
  if (values.length === 0) return { metrics: {}, missing: [] }
  const sorted = Float64Array.from(values).sort()
  const named = Object.entries(percentiles).map(([suffix, p]) => ({ name: `${name}.${suffix}`, p }))
  const told = named.filter(({ p }) => sorted.length * (1 - p) >= 1 - 1e-9)
  return {
    metrics: Object.fromEntries([
      [`${name}.mean`, metric(name, sum(values) / values.length, "ms")],
      ...told.map((one) => [one.name, metric(name, quantile(sorted, one.p), "ms")] as const)
    ]),
    missing: named.filter((one) => !told.includes(one)).map((one) => one.name)
  }
}

const metric = (name: string, value: number, unit: string): Metric => ({
  value,
  unit,
  definition: `studio.mock/${name}`
})

/** Time per output token after the first; a request of one token has none. */
const tpotOf = ({ ttftMs, e2eMs, outputTokens }: Sample): readonly number[] =>
  ttftMs === null || e2eMs === null || outputTokens === null || outputTokens < 2
    ? []
    : [(e2eMs - ttftMs) / (outputTokens - 1)]

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
