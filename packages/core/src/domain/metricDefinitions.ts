import type { Metric } from "./metric.ts"
import type { MetricDefinition } from "./MetricDefinition.ts"
import { costMetrics } from "./metrics/costMetrics.ts"
import { latencyMetrics } from "./metrics/latencyMetrics.ts"
import { requestMetrics } from "./metrics/requestMetrics.ts"
import { throughputMetrics } from "./metrics/throughputMetrics.ts"

/** Every metric that the studio knows, by its name without a statistic (`ttft_ms`, not `ttft_ms.p95`). */
export const metricDefinitions: { readonly [name: string]: MetricDefinition | undefined } = {
  ...latencyMetrics,
  ...throughputMetrics,
  ...requestMetrics,
  ...costMetrics
}

/** `ttft_ms.p95` is the statistic `p95` of `ttft_ms`. */
export const splitMetric = (name: string): { readonly stem: string; readonly statistic: string | null } => {
  const dot = name.lastIndexOf(".")
  return dot < 0 ? { stem: name, statistic: null } : { stem: name.slice(0, dot), statistic: name.slice(dot + 1) }
}

/** Null for a metric that only an adapter knows. */
export const metricDefinition = (name: string): MetricDefinition | null => {
  const { stem, statistic } = splitMetric(name)
  const found = metricDefinitions[stem]
  return found === undefined || (statistic !== null && !found.perRequest) ? null : found
}

/** The probability that a percentile stands for: 0.95 of `ttft_ms.p95`; null where the name is not one's. */
export const percentileOf = (name: string): number | null => {
  const digits = /^p(\d{2,})$/.exec(splitMetric(name).statistic ?? "")?.[1]
  return digits === undefined ? null : Number(`0.${digits}`)
}

/** A known metric's value in its unit. `definition` says how it came about. */
export const metric = (name: string, value: number, definition: string): Metric => ({
  value,
  unit: metricDefinition(name)?.unit ?? "",
  definition
})
