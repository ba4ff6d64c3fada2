import type { Metric, Metrics } from "@sglang-studio/core/domain"
import { quantile } from "@sglang-studio/core/math"
import { isObject } from "../looseJson.ts"
import { quantityOf, type Field } from "./implausible.ts"
import type { BenchRecord } from "./record.ts"
import { endings } from "./requests.ts"
import { printedNumber, type Printed } from "./stdout.ts"

interface Plain {
  readonly name: string
  readonly unit: string
  /** Key of the engine's record; its definition is `sglang.bench_serving/KEY`. */
  readonly key: string
}

const plain: readonly Plain[] = [
  { name: "duration_s", unit: "s", key: "duration" },
  { name: "completed", unit: "requests", key: "completed" },
  { name: "request_throughput", unit: "requests/s", key: "request_throughput" },
  { name: "input_throughput", unit: "tokens/s", key: "input_throughput" },
  { name: "output_throughput", unit: "tokens/s", key: "output_throughput" },
  { name: "total_throughput", unit: "tokens/s", key: "total_throughput" },
  { name: "peak_output_throughput", unit: "tokens/s", key: "max_output_tokens_per_s" },
  { name: "concurrency", unit: "requests", key: "concurrency" },
  { name: "peak_concurrency", unit: "requests", key: "max_concurrent_requests" },
  { name: "input_tokens", unit: "tokens", key: "total_input_tokens" },
  { name: "output_tokens", unit: "tokens", key: "total_output_tokens" },
  { name: "accept_length", unit: "tokens", key: "accept_length" }
]

export const latencies = ["e2e_latency", "ttft", "tpot", "itl"] as const
export type Latency = (typeof latencies)[number]

const statistics = [
  { suffix: "mean", prefix: "mean" },
  { suffix: "p50", prefix: "median" },
  { suffix: "std", prefix: "std" },
  { suffix: "p90", prefix: "p90" },
  { suffix: "p95", prefix: "p95" },
  { suffix: "p99", prefix: "p99" }
] as const

/** Keys of the record that become metrics under a name of the studio. */
export const metricFields: readonly Field[] = [
  ...plain,
  // Without streaming the first token comes with the last, and the time between them is what clocks differ by.
  ...latencies.flatMap((latency) =>
    statistics.map(({ prefix }) => ({ key: `${prefix}_${latency}_ms`, noise: latency === "tpot" ? 1 : 0 }))
  ),
  { key: "total_cached_tokens" },
  { key: "cache_hit_rate" }
]

/** Percentiles that every record should have; what the engine leaves out is computed from the per-request times. */
const wanted = [
  { suffix: "p90", p: 0.9 },
  { suffix: "p95", p: 0.95 },
  { suffix: "p99", p: 0.99 }
] as const

export interface NormalisedMetrics {
  readonly metrics: Metrics
  /** Percentiles that the engine did not report, such as `ttft_ms.p95`, and whether they could be computed. */
  readonly missing: readonly { readonly name: string; readonly computed: boolean }[]
}

/** The engine's record under the studio's names; every number says where it comes from. */
export const metricsOf = (record: BenchRecord, printed: Printed | null): NormalisedMetrics => {
  const reported: { [name: string]: Metric } = {}
  for (const { name, unit, key } of plain) put(reported, name, quantityOf(record.raw[key]), unit, engineDefinition(key))
  const known = isStreamed(record) ? latencies : (["e2e_latency"] as const)
  for (const latency of known) {
    for (const { suffix, prefix } of statistics) {
      const key = `${prefix}_${latency}_ms`
      put(reported, `${latency}_ms.${suffix}`, quantityOf(record.raw[key]), "ms", engineDefinition(key))
    }
  }
  const { rate, key: cacheKey } = cacheUse(record)
  put(reported, "cache_hit_rate", rate, "ratio", engineDefinition(cacheKey))
  if (isStreamed(record))
    put(reported, "itl_ms.max", printedNumber(printed, "Max ITL (ms)"), "ms", engineDefinition("printed Max ITL"))

  const times = answeredTimes(record)
  const missing: { name: string; computed: boolean }[] = []
  for (const latency of known) {
    for (const { suffix, p } of wanted) {
      const name = `${latency}_ms.${suffix}`
      if (name in reported) continue
      const value = times === null ? null : quantile(times[latency], p)
      put(reported, name, value, "ms", `studio.computed/${latency}-from-output-details`)
      missing.push({ name, computed: value !== null })
    }
  }
  return { metrics: { ...reported, ...failureMetrics(record) }, missing }
}

/**
 * False where every answer came in one piece (`--disable-stream`): the engine then gives the end as the time of the
 * first token, by a clock read a moment later, and nothing is known of the times in between.
 */
export const isStreamed = ({ raw }: BenchRecord): boolean => {
  const [first, last] = [quantityOf(raw["mean_ttft_ms"]), quantityOf(raw["mean_e2e_latency_ms"])]
  return first === null || last === null || last === 0 || first < last
}

/** How much of the prompts came from the prefix cache: SGLang-JAX always tells, SGLang PyTorch with `--cache-report`. */
export const cacheUse = ({ raw }: BenchRecord) => {
  const report = raw["cache_report"]
  if (!isObject(report))
    return {
      cached: quantityOf(raw["total_cached_tokens"]),
      rate: quantityOf(raw["cache_hit_rate"]),
      key: "cache_hit_rate"
    }
  const percent = quantityOf(report["cache_hit_rate_pct"])
  return {
    cached: quantityOf(report["total_cached_tokens"]),
    rate: percent === null ? null : percent / 100,
    key: "cache_report.cache_hit_rate_pct"
  }
}

/** Failures as the requests themselves show them; none of it where per-request values are not in the file. */
const failureMetrics = ({ details }: BenchRecord): Metrics => {
  if (details === null || details.ttfts.length === 0) return {}
  const failed = endings(details).filter((ending) => ending !== "answered").length
  const definition = "studio.computed/failures-from-output-details"
  return {
    sent: { value: details.ttfts.length, unit: "requests", definition },
    failed: { value: failed, unit: "requests", definition },
    failure_rate: { value: failed / details.ttfts.length, unit: "ratio", definition }
  }
}

/** Milliseconds of the answered requests. End-to-end is first token plus the gaps: the last chunk's arrival. */
const answeredTimes = ({ details }: BenchRecord): { readonly [L in Latency]: readonly number[] } | null => {
  if (details === null) return null
  const answered = endings(details).flatMap((ending, index) => {
    const itls = details.itls[index] ?? []
    return ending === "answered"
      ? [
          {
            ttft: details.ttfts[index] ?? 0,
            itls,
            gaps: itls.reduce((sum, gap) => sum + gap, 0),
            out: details.outputLens[index] ?? 0
          }
        ]
      : []
  })
  return {
    e2e_latency: answered.map(({ ttft, gaps }) => (ttft + gaps) * 1000),
    ttft: answered.map(({ ttft }) => ttft * 1000),
    tpot: answered
      .filter(({ out, itls }) => out > 1 && itls.length > 0)
      .map(({ gaps, out }) => (gaps / (out - 1)) * 1000),
    itl: answered.flatMap(({ itls }) => itls.map((gap) => gap * 1000))
  }
}

const put = (
  into: { [name: string]: Metric },
  name: string,
  value: number | null,
  unit: string,
  definition: string
) => {
  if (value !== null) into[name] = { value, unit, definition }
}

const engineDefinition = (key: string): string => `sglang.bench_serving/${key}`
