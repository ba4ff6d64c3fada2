import type { Metric, Metrics } from "@sglang-studio/core/domain"
import { quantile } from "@sglang-studio/core/math"
import type { Floor } from "./measureFloor.ts"
import { tpotOf, type Outcome } from "./Outcome.ts"
import type { LoadSettings } from "./settings.ts"

const quantiles = { p50: 0.5, p90: 0.9, p95: 0.95, p99: 0.99 }

/** The figures of a load run; each one's definition is `studio.load/NAME`, described in docs/load.md. */
export const loadMetrics = (settings: LoadSettings, outcomes: readonly Outcome[], floor: Floor): Metrics => {
  const answered = outcomes.filter(({ sample }) => sample.error === null)
  const samples = answered.map(({ sample }) => sample)
  const seconds = outcomes.reduce((last, { answeredMs }) => Math.max(last, answeredMs), 0) / 1000
  const perSecond = (count: number) => (seconds > 0 ? count / seconds : 0)
  const inputTokens = sum(samples.map((sample) => sample.inputTokens ?? 0))
  const outputTokens = sum(samples.map((sample) => sample.outputTokens ?? 0))
  return {
    ...of("duration_s", "s", seconds),
    ...of("sent", "requests", outcomes.length),
    ...of("completed", "requests", answered.length),
    ...of("failed", "requests", outcomes.length - answered.length),
    ...of("failure_rate", "ratio", (outcomes.length - answered.length) / outcomes.length),
    ...of("timeout_rate", "ratio", outcomes.filter(({ timedOut }) => timedOut).length / outcomes.length),
    ...of("request_throughput", "requests/s", perSecond(answered.length)),
    ...of("input_tokens", "tokens", inputTokens),
    ...of("input_throughput", "tokens/s", perSecond(inputTokens)),
    ...(settings.kind === "generate"
      ? {
          ...of("output_tokens", "tokens", outputTokens),
          ...of("output_throughput", "tokens/s", perSecond(outputTokens)),
          ...of("total_throughput", "tokens/s", perSecond(inputTokens + outputTokens))
        }
      : of("item_throughput", "items/s", perSecond(sum(answered.map(({ items }) => items))))),
    ...of("concurrency", "requests", perSecond(sum(samples.map(({ e2eMs }) => e2eMs ?? 0)) / 1000)),
    ...distribution("e2e_latency_ms", present(samples.map(({ e2eMs }) => e2eMs))),
    ...distribution("ttft_ms", present(samples.map(({ ttftMs }) => ttftMs))),
    ...distribution("tpot_ms", present(samples.map(tpotOf))),
    ...distribution(
      "itl_ms",
      samples.flatMap(({ itlMs }) => itlMs ?? [])
    ),
    ...(settings.arrival.loop === "open" ? lag(outcomes) : {}),
    ...of("client_floor_ms.p50", "ms", floor.p50Ms),
    ...of("client_floor_ms.p99", "ms", floor.p99Ms),
    ...of("client_request_rate", "requests/s", floor.requestsPerSecond)
  }
}

const of = (name: string, unit: string, value: number | null): { readonly [name: string]: Metric } =>
  value === null ? {} : { [name]: { value, unit, definition: `studio.load/${name.replace(/\.(p\d+|mean|max)$/, "")}` } }

const lag = (outcomes: readonly Outcome[]): Metrics => {
  const values = outcomes.map(({ lagMs }) => lagMs)
  return {
    ...of("send_lag_ms.p50", "ms", quantile(values, 0.5)),
    ...of("send_lag_ms.p99", "ms", quantile(values, 0.99)),
    ...of("send_lag_ms.max", "ms", quantile(values, 1))
  }
}

const distribution = (name: string, values: readonly number[]): Metrics => {
  if (values.length === 0) return {}
  const entries = Object.entries(quantiles).map(([suffix, p]) => of(`${name}.${suffix}`, "ms", quantile(values, p)))
  return Object.assign({ ...of(`${name}.mean`, "ms", sum(values) / values.length) }, ...entries)
}

const present = (values: readonly (number | null)[]): readonly number[] => values.filter((value) => value !== null)

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
