import type { Finding, Metrics, Sample } from "@sglang-studio/core/adapter"

/** The figures of a benchmark that took `durationS`, and what a reader of them must know. */
export const summarise = (
  samples: readonly Sample[],
  asked: number,
  durationS: number
): { readonly metrics: Metrics; readonly findings: readonly Finding[] } => {
  const completed = samples.filter(({ error }) => error === null)
  const failed = samples.length - completed.length
  const inputTokens = sum(completed.map((sample) => sample.inputTokens ?? 0))
  const outputTokens = sum(completed.map((sample) => sample.outputTokens ?? 0))
  const latencies = [
    ...spread(
      "ttft_ms",
      "ttft",
      completed.flatMap(({ ttftMs }) => ttftMs ?? [])
    ),
    ...spread("tpot_ms", "tpot", completed.flatMap(tpotOf)),
    ...spread(
      "itl_ms",
      "itl",
      completed.flatMap(({ itlMs }) => itlMs ?? [])
    ),
    ...spread(
      "e2e_latency_ms",
      "e2e_latency",
      completed.flatMap(({ e2eMs }) => e2eMs ?? [])
    )
  ]
  const rates = [
    rate("request_throughput", "req/s", completed.length, durationS),
    rate("input_throughput", "tok/s", inputTokens, durationS),
    rate("output_throughput", "tok/s", outputTokens, durationS),
    rate("total_throughput", "tok/s", inputTokens + outputTokens, durationS)
  ]
  const counts = [
    figure("duration_s", "s", durationS),
    figure("completed", "requests", completed.length),
    figure("failed", "requests", failed),
    figure("failure_rate", "ratio", samples.length > 0 ? failed / samples.length : null)
  ]
  return {
    metrics: Object.fromEntries(
      [...latencies, ...rates, ...counts].flatMap(({ name, value, unit, definition }) =>
        value === null ? [] : [[name, { value, unit, definition }]]
      )
    ),
    findings: [
      ...dropped(samples.length, asked),
      ...streamedErrors(completed),
      ...missing(
        latencies.filter(({ value }) => value === null).map(({ name }) => name),
        completed.length
      )
    ]
  }
}

interface Figure {
  readonly name: string
  /** Null where there are too few values to say. */
  readonly value: number | null
  readonly unit: string
  readonly definition: string
}

const quantiles = { p50: 0.5, p95: 0.95, p99: 0.99 }

/** Mean and percentiles; n values can tell a percentile p only where n >= 1 / (1 - p). No values, no figures. */
const spread = (name: string, definition: string, values: readonly number[]): readonly Figure[] => {
  if (values.length === 0) return []
  const sorted = Float64Array.from(values).sort()
  const enough = (p: number) => sorted.length * (1 - p) >= 1 - 1e-9
  return [
    { name: `${name}.mean`, value: sum(values) / values.length, unit: "ms", definition: `${definition}.mean` },
    ...Object.entries(quantiles).map(([label, p]) => ({
      name: `${name}.${label}`,
      value: enough(p) ? quantile(sorted, p) : null,
      unit: "ms",
      definition: `${definition}.${label}`
    }))
  ]
}

/** Linear between the two nearest ranks, like `numpy.percentile`. */
const quantile = (sorted: Float64Array, p: number): number => {
  const place = (sorted.length - 1) * p
  const below = sorted[Math.floor(place)] ?? NaN
  const above = sorted[Math.ceil(place)] ?? below
  return below + (place - Math.floor(place)) * (above - below)
}

/** Time per output token after the first; a request of one token has none. */
const tpotOf = ({ ttftMs, e2eMs, outputTokens }: Sample): readonly number[] =>
  ttftMs === null || e2eMs === null || outputTokens === null || outputTokens < 2
    ? []
    : [(e2eMs - ttftMs) / (outputTokens - 1)]

/** A figure that is its own definition. */
const figure = (name: string, unit: string, value: number | null): Figure => ({ name, value, unit, definition: name })

const rate = (name: string, unit: string, amount: number, durationS: number): Figure =>
  figure(name, unit, durationS > 0 ? amount / durationS : null)

const dropped = (sent: number, asked: number): readonly Finding[] =>
  sent === asked
    ? []
    : [
        {
          code: "prompts-dropped",
          severity: "error",
          message: `${asked} prompts were asked for, ${sent} were sent.`,
          evidence: { asked, sent }
        }
      ]

const streamedErrors = (completed: readonly Sample[]): readonly Finding[] => {
  const empty = completed.filter(({ ttftMs, outputTokens }) => ttftMs === 0 && (outputTokens ?? 0) > 0).length
  return empty === 0
    ? []
    : [
        {
          code: "streamed-error-as-success",
          severity: "error",
          message: `${empty} of ${completed.length} requests that count as completed never sent a token.`,
          evidence: { completed: completed.length, withoutToken: empty }
        }
      ]
}

const missing = (names: readonly string[], completed: number): readonly Finding[] =>
  names.length === 0
    ? []
    : [
        {
          code: "percentile-missing",
          severity: "info",
          message: `${completed} requests are too few for ${names.join(", ")}.`,
          evidence: { completed, missing: [...names] }
        }
      ]

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
