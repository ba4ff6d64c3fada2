import type { MetricDefinition } from "../MetricDefinition.ts"

/** What a measurement costs. */
export const costMetrics: { readonly [name: string]: MetricDefinition } = {
  accelerator_seconds: {
    label: "Accelerator time",
    unit: "s",
    better: "lower",
    meaning: "Time of all accelerators over the measurement; cores of one chip count as that chip.",
    formula: "accelerators x duration",
    perRequest: false
  },
  cost_usd: {
    label: "Cost",
    unit: "USD",
    better: "lower",
    meaning: "Price of the measurement; load and warm-up of the server left out.",
    formula: "accelerator seconds / 3600 x price per hour",
    perRequest: false
  },
  usd_per_million_output_tokens: {
    label: "Cost of output",
    unit: "USD",
    better: "lower",
    meaning: "Price of a million output tokens.",
    formula: "cost / (output tokens / 1e6); none without output",
    perRequest: false
  },
  usd_per_million_tokens: {
    label: "Cost of tokens",
    unit: "USD",
    better: "lower",
    meaning: "Price of a million tokens, prompt and output alike.",
    formula: "cost / ((input tokens + output tokens) / 1e6)",
    perRequest: false
  },
  usd_per_thousand_items: {
    label: "Cost of items",
    unit: "USD",
    better: "lower",
    meaning: "Price of a thousand scored items.",
    formula: "cost / (items / 1000)",
    perRequest: false
  }
}
