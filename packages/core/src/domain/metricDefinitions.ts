import type { Metric } from "./metric.ts"

/** What a metric is, whoever measures it. */
export interface MetricDefinition {
  /** Short name for a column or a card. */
  readonly label: string
  readonly unit: string
  /** Which way is better; null where neither is. */
  readonly better: "lower" | "higher" | null
  readonly meaning: string
  readonly formula: string
  /** Has one value per request: a run then reports `NAME.mean`, `NAME.p50` and so on. */
  readonly perRequest: boolean
  /** How others define what they call the same; left out where they agree. */
  readonly peers?: { readonly [tool: string]: string }
}

/** Every metric that the studio knows, by its name without a statistic (`ttft_ms`, not `ttft_ms.p95`). */
export const metricDefinitions: { readonly [name: string]: MetricDefinition | undefined } = {
  ttft_ms: {
    label: "TTFT",
    unit: "ms",
    better: "lower",
    meaning: "Time from sending a request to its first token.",
    formula: "first text or token id - intended send",
    perRequest: true,
    peers: {
      SGLang: "first chunk with text, from the actual send; 0 for a request that failed inside its stream",
      vLLM: "first chunk with `choices`, even when its text is empty",
      AIPerf: "first response that is not empty"
    }
  },
  tpot_ms: {
    label: "TPOT",
    unit: "ms",
    better: "lower",
    meaning: "Time per output token after the first, one mean per request.",
    formula: "(e2e - ttft) / (output tokens - 1); none below two tokens",
    perRequest: true,
    peers: {
      SGLang: "the same with its own e2e, which ends at the last line of the stream",
      vLLM: "the same up to the last chunk with `choices`",
      AIPerf: "calls this ITL and counts tokens with its own tokenizer",
      MLPerf: "mean over all tokens of a run"
    }
  },
  itl_ms: {
    label: "ITL",
    unit: "ms",
    better: "lower",
    meaning: "Time between two tokens, pooled over all requests: long outputs weigh more.",
    formula: "gap between two chunks / tokens of the later one, once per token",
    perRequest: true,
    peers: {
      SGLang: "per token on its native route, per chunk on its OpenAI route",
      vLLM: "per chunk with `choices`",
      AIPerf: "(e2e - ttft) / (output tokens - 1) per request, which is TPOT here"
    }
  },
  e2e_latency_ms: {
    label: "E2E",
    unit: "ms",
    better: "lower",
    meaning: "Time from sending a request to its last token.",
    formula: "last chunk that bears a token - intended send",
    perRequest: true,
    peers: {
      SGLang: "up to the last line of the stream, usage and end mark included; JAX reports no P95 of it",
      vLLM: "up to the last chunk with `choices`",
      AIPerf: "up to the last response that is not empty"
    }
  },
  queue_ms: {
    label: "Queue",
    unit: "ms",
    better: "lower",
    meaning: "Time that a request waited in the engine before it was worked on.",
    formula: "as the engine tells it",
    perRequest: true
  },
  compute_ms: {
    label: "Compute",
    unit: "ms",
    better: "lower",
    meaning: "Time that the engine worked on a request.",
    formula: "e2e as the engine tells it - queue",
    perRequest: true
  },
  send_lag_ms: {
    label: "Send lag",
    unit: "ms",
    better: "lower",
    meaning: "How late the client sent a request: above a few milliseconds it measures itself.",
    formula: "actual send - intended send",
    perRequest: true
  },
  request_throughput: {
    label: "Requests",
    unit: "requests/s",
    better: "higher",
    meaning: "Finished requests per second.",
    formula: "completed / duration",
    perRequest: false
  },
  item_throughput: {
    label: "Items",
    unit: "items/s",
    better: "higher",
    meaning: "Scored items per second.",
    formula: "items of completed requests / duration",
    perRequest: false
  },
  output_throughput: {
    label: "Throughput",
    unit: "tokens/s",
    better: "higher",
    meaning: "Output tokens per second over the whole measurement.",
    formula: "output tokens / duration",
    perRequest: false,
    peers: {
      "SGLang bench_one_batch_server": "output tokens / (latency - ttft): the decode phase alone",
      SGLang: "its duration includes fetching the server's information at the end"
    }
  },
  input_throughput: {
    label: "Input throughput",
    unit: "tokens/s",
    better: "higher",
    meaning: "Prompt tokens per second over the whole measurement.",
    formula: "input tokens / duration",
    perRequest: false,
    peers: { "SGLang bench_one_batch_server": "input tokens / ttft: the prefill phase alone" }
  },
  total_throughput: {
    label: "Total throughput",
    unit: "tokens/s",
    better: "higher",
    meaning: "Prompt and output tokens per second.",
    formula: "(input tokens + output tokens) / duration",
    perRequest: false
  },
  peak_output_throughput: {
    label: "Peak throughput",
    unit: "tokens/s",
    better: "higher",
    meaning: "Output tokens in the best second.",
    formula: "largest count of tokens within one second",
    perRequest: false
  },
  goodput: {
    label: "Goodput",
    unit: "requests/s",
    better: "higher",
    meaning: "Requests per second that met every objective.",
    formula: "good / duration; a metric that does not apply is ignored",
    perRequest: false,
    peers: {
      vLLM: "counts a request of one token as good on TPOT",
      AIPerf: "counts a missing metric as missed"
    }
  },
  slo_attainment: {
    label: "SLO attainment",
    unit: "ratio",
    better: "higher",
    meaning: "Share of the requests sent that met every objective; failures count as sent.",
    formula: "good / sent",
    perRequest: false
  },
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
  },
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
