import type { MetricDefinition } from "../MetricDefinition.ts"

/** How much is done in how long. */
export const throughputMetrics: { readonly [name: string]: MetricDefinition } = {
  request_throughput: {
    label: "Request throughput",
    unit: "requests/s",
    better: "higher",
    meaning: "Finished requests per second.",
    formula: "completed / duration",
    perRequest: false
  },
  item_throughput: {
    label: "Item throughput",
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
  }
}
