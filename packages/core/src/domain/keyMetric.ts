import type { Metrics } from "./metric.ts"

/** The one number that stands for a run in a list. */
export interface KeyMetric {
  /** Such as `e2e_latency_ms.p50`. */
  readonly name: string
  readonly value: number
  readonly unit: string
}

/** The first of these that a run has. */
const order = [
  "e2e_latency_ms.p50",
  "e2e_latency_ms",
  "output_throughput",
  "total_throughput",
  "item_throughput",
  "request_throughput"
]

/** Null for a run that tells none of them. */
export const keyMetricOf = (metrics: Metrics): KeyMetric | null => {
  const name = order.find((one) => metrics[one] !== undefined)
  const found = name === undefined ? undefined : metrics[name]
  return name === undefined || found === undefined ? null : { name, value: found.value, unit: found.unit }
}
