import type { Finding, Sample } from "@sglang-studio/core/adapter"
import { endingOf } from "./ending.ts"

/** What a reader of a benchmark's figures must know, from what its client saw. */
export const findingsOf = (samples: readonly Sample[], asked: number, missing: readonly string[]): readonly Finding[] =>
  [dropped(samples.length, asked), streamedErrors(samples), missingPercentiles(missing, samples.length)].flatMap(
    (finding) => finding ?? []
  )

const dropped = (sent: number, asked: number): Finding | null =>
  sent === asked
    ? null
    : {
        code: "prompts-dropped",
        severity: "warning",
        message: `${asked} prompts were asked for, only ${sent} were sent.`,
        evidence: { asked, sent }
      }

const streamedErrors = (samples: readonly Sample[]): Finding | null => {
  const hit = [...samples.keys()].filter((index) => endingOf(samples[index] as Sample) === "refused-inside-stream")
  return hit.length === 0
    ? null
    : {
        code: "streamed-error-as-success",
        severity: "error",
        message: `${hit.length} of ${samples.length} requests failed inside their stream and count as completed: throughput and latency are wrong.`,
        evidence: { requests: hit.slice(0, 20), count: hit.length }
      }
}

const missingPercentiles = (missing: readonly string[], sent: number): Finding | null =>
  missing.length === 0
    ? null
    : {
        code: "percentile-missing",
        severity: "info",
        message: `${sent} requests cannot tell ${missing.join(", ")}.`,
        evidence: { absent: [...missing] }
      }
