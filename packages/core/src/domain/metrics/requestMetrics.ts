import type { MetricDefinition } from "../MetricDefinition.ts"

/** What became of the requests, and what they were made of. */
export const requestMetrics: { readonly [name: string]: MetricDefinition } = {
  failure_rate: {
    label: "Failure rate",
    unit: "ratio",
    better: "lower",
    meaning: "Share of the requests sent that did not succeed.",
    formula: "failed / sent, with those that failed inside their stream",
    perRequest: false,
    peers: { SGLang: "counts a request that fails inside its stream as a success" }
  },
  timeout_rate: {
    label: "Timeout rate",
    unit: "ratio",
    better: "lower",
    meaning: "Share of the requests sent that were given up on.",
    formula: "timed out / sent",
    perRequest: false
  },
  duration_s: {
    label: "Duration",
    unit: "s",
    better: null,
    meaning: "From the first request sent to the last answer.",
    formula: "last answer - first send",
    perRequest: false
  },
  sent: {
    label: "Sent",
    unit: "requests",
    better: null,
    meaning: "Requests that were sent.",
    formula: "count",
    perRequest: false
  },
  completed: {
    label: "Completed",
    unit: "requests",
    better: null,
    meaning: "Requests that were answered to the end.",
    formula: "count, as the client that measured counts",
    perRequest: false
  },
  failed: {
    label: "Failed",
    unit: "requests",
    better: "lower",
    meaning: "Requests that were not answered to the end.",
    formula: "count",
    perRequest: false
  },
  concurrency: {
    label: "Concurrency",
    unit: "requests",
    better: null,
    meaning: "Requests in flight, on average.",
    formula: "sum of latencies / duration",
    perRequest: false
  },
  peak_concurrency: {
    label: "Peak concurrency",
    unit: "requests",
    better: null,
    meaning: "Most requests in flight at once.",
    formula: "maximum",
    perRequest: false
  },
  prompt_tokens: {
    label: "Prompt tokens",
    unit: "tokens",
    better: null,
    meaning: "Tokens of the prompt as the engine counts them.",
    formula: "count",
    perRequest: false
  },
  input_tokens: {
    label: "Input tokens",
    unit: "tokens",
    better: null,
    meaning: "Prompt tokens of all completed requests.",
    formula: "sum",
    perRequest: false
  },
  output_tokens: {
    label: "Output tokens",
    unit: "tokens",
    better: null,
    meaning: "Generated tokens of all completed requests.",
    formula: "sum, by the engine's own count",
    perRequest: false
  },
  cache_hit_rate: {
    label: "Cache hits",
    unit: "ratio",
    better: null,
    meaning: "Share of prompt tokens that were found in the prefix cache.",
    formula: "cached tokens / prompt tokens",
    perRequest: false
  },
  accept_length: {
    label: "Accept length",
    unit: "tokens",
    better: "higher",
    meaning: "Tokens per step of speculative decoding.",
    formula: "accepted tokens / steps",
    perRequest: false
  }
}
