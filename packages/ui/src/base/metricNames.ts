/** How a metric is called on screen, and which way is better. */
interface MetricName {
  readonly label: string
  readonly better: "lower" | "higher" | null
  readonly meaning: string
}

const known: Readonly<Record<string, Omit<MetricName, "label"> & { readonly label: string }>> = {
  ttft_ms: { label: "TTFT", better: "lower", meaning: "Time from sending a request to its first token." },
  tpot_ms: { label: "TPOT", better: "lower", meaning: "Time per output token after the first, one mean per request." },
  itl_ms: { label: "ITL", better: "lower", meaning: "Time between two tokens, pooled over all requests." },
  e2e_latency_ms: { label: "E2E", better: "lower", meaning: "Time from sending a request to its last token." },
  output_throughput: {
    label: "Throughput",
    better: "higher",
    meaning: "Output tokens per second over the whole measurement."
  },
  input_throughput: {
    label: "Input throughput",
    better: "higher",
    meaning: "Prompt tokens per second over the whole measurement."
  },
  total_throughput: { label: "Total throughput", better: "higher", meaning: "Prompt and output tokens per second." },
  request_throughput: { label: "Requests", better: "higher", meaning: "Finished requests per second." },
  duration_s: { label: "Duration", better: null, meaning: "From the first request sent to the last answer." },
  sent: { label: "Sent", better: null, meaning: "Requests that were sent." },
  completed: { label: "Completed", better: null, meaning: "Requests that were answered to the end." },
  failed: { label: "Failed", better: "lower", meaning: "Requests that were not answered to the end." },
  input_tokens: { label: "Input tokens", better: null, meaning: "Prompt tokens of all completed requests." },
  output_tokens: { label: "Output tokens", better: null, meaning: "Generated tokens of all completed requests." },
  failure_rate: { label: "Failure rate", better: "lower", meaning: "Share of the requests sent that did not succeed." }
}

/** `ttft_ms.p95` becomes `TTFT P95`; an unknown name is shown as it is. */
export const metricName = (name: string): MetricName => {
  const [stem = name, statistic] = name.split(".")
  const entry = known[stem]
  if (entry === undefined) return { label: name, better: null, meaning: "" }
  return { ...entry, label: statistic === undefined ? entry.label : `${entry.label} ${statisticName(statistic)}` }
}

/** `p95` is written as engineers say it, `mean` stays a word. */
export const statisticName = (statistic: string): string =>
  /^p\d/.test(statistic) ? statistic.toUpperCase() : statistic
