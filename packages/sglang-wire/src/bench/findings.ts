import type { Finding } from "@sglang-studio/core/domain"
import { excerpt } from "../looseJson.ts"
import { nonfiniteFinding } from "../nonfiniteFinding.ts"
import { implausible, quantityOf } from "./implausible.ts"
import { cacheUse, isStreamed, metricFields, type NormalisedMetrics } from "./metrics.ts"
import type { BenchRecord, Details } from "./record.ts"
import { endings } from "./requests.ts"

export interface BenchFacts {
  readonly record: BenchRecord
  readonly normalised: NormalisedMetrics
  /** `--num-prompts`; null where it is not known. */
  readonly asked: number | null
}

/** The traps of `bench_serving` that a result fell into, each with its evidence. */
export const benchFindings = (facts: BenchFacts): readonly Finding[] => [
  ...nonfinite(facts),
  ...implausible([facts.record], metricFields),
  ...secrets(facts),
  ...dropped(facts),
  ...streamedErrors(facts.record.details),
  ...failures(facts.record.details),
  ...missingPercentiles(facts),
  ...warmCache(facts),
  ...notAssessable(facts)
]

const nonfinite = ({ record }: BenchFacts): readonly Finding[] =>
  record.nonfinite.length === 0 ? [] : [nonfiniteFinding(record.nonfinite)]

export const secretFinding = (names: readonly string[]): Finding => ({
  code: "secret-redacted",
  severity: "info",
  message: `The engine answers with secrets in clear; they were taken out of everything that is stored: ${names.join(", ")}.`,
  evidence: { names }
})

const secrets = ({ record }: BenchFacts): readonly Finding[] =>
  record.redactedNames.length === 0 ? [] : [secretFinding(record.redactedNames)]

/** Random prompts whose text does not tokenise back to the wanted length are left out without a word. */
const dropped = ({ record, asked }: BenchFacts): readonly Finding[] => {
  const completed = quantityOf(record.raw["completed"])
  const sent = record.details?.ttfts.length ?? completed
  if (asked === null || sent === null || sent >= asked) return []
  return [
    {
      code: "prompts-dropped",
      severity: "warning",
      message:
        record.details === null
          ? `${asked} prompts were asked for, ${completed} completed; whether the others failed or were never sent is not in the file.`
          : `${asked} prompts were asked for, only ${sent} were sent: the benchmark dropped ${asked - sent} without saying so.`,
      evidence: { asked, sent, completed }
    }
  ]
}

const streamedErrors = (details: Details | null): readonly Finding[] => {
  const hit = indexes(details, "refused-inside-stream")
  if (details === null || hit.length === 0) return []
  return [
    {
      code: "streamed-error-as-success",
      severity: "error",
      message:
        `${hit.length} of ${details.ttfts.length} requests failed inside their stream, yet the engine counts them as ` +
        "successes: its throughput and latency are wrong.",
      evidence: {
        requests: hit.slice(0, 20),
        count: hit.length,
        input_lens: hit.slice(0, 20).map((index) => details.inputLens[index] ?? null)
      }
    }
  ]
}

const failures = (details: Details | null): readonly Finding[] => {
  const hit = indexes(details, "refused")
  if (details === null || hit.length === 0) return []
  const first = details.errors[hit[0] ?? 0] ?? ""
  return [
    {
      code: "partial-failure",
      severity: "warning",
      message: `${hit.length} of ${details.ttfts.length} requests failed; latencies are those of the others. First: ${excerpt(first)}`,
      evidence: { count: hit.length, sent: details.ttfts.length, first: excerpt(first) }
    }
  ]
}

const missingPercentiles = ({ normalised: { missing } }: BenchFacts): readonly Finding[] => {
  if (missing.length === 0) return []
  const computed = missing.filter((entry) => entry.computed).map(({ name }) => name)
  const absent = missing.filter((entry) => !entry.computed).map(({ name }) => name)
  return [
    {
      code: "percentile-missing",
      severity: "info",
      message: [
        computed.length === 0
          ? ""
          : `Not reported by the engine, computed from its per-request times: ${computed.join(", ")}.`,
        absent.length === 0 ? "" : `Not reported by the engine: ${absent.join(", ")}.`
      ]
        .filter((part) => part !== "")
        .join(" "),
      evidence: { computed, absent }
    }
  ]
}

const warmCache = ({ record }: BenchFacts): readonly Finding[] => {
  const { cached, rate } = cacheUse(record)
  if ((cached ?? 0) === 0 && (rate ?? 0) === 0) return []
  return [
    {
      code: "cache-warm",
      severity: "warning",
      message: `${cached ?? "Some"} prompt tokens came from the prefix cache (hit rate ${rate ?? "not told"}): times to first token are flattered.`,
      evidence: { total_cached_tokens: cached, cache_hit_rate: rate }
    }
  ]
}

const notAssessable = ({ record }: BenchFacts): readonly Finding[] => [...hidden(record), ...inOnePiece(record)]

const inOnePiece = (record: BenchRecord): readonly Finding[] =>
  isStreamed(record)
    ? []
    : [
        {
          code: "not-assessable",
          severity: "info",
          message: "The answers were not streamed: there is no time to first token, nor between tokens.",
          evidence: {}
        }
      ]

const hidden = (record: BenchRecord): readonly Finding[] => {
  if (record.details !== null) return []
  return [
    {
      code: "not-assessable",
      severity: "warning",
      message:
        "The file has no per-request values (--output-details was off): hidden failures, warm-up and drift cannot be judged.",
      evidence: {}
    }
  ]
}

const indexes = (details: Details | null, ending: ReturnType<typeof endings>[number]): readonly number[] =>
  details === null ? [] : endings(details).flatMap((each, index) => (each === ending ? [index] : []))
