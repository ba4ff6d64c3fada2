import type { JsonObject } from "./json.ts"

export const findingCodes = [
  "nonfinite-json",
  "implausible-value",
  "prompts-dropped",
  "short-answers",
  "streamed-error-as-success",
  "partial-failure",
  "percentile-missing",
  "secret-redacted",
  "tokens-duplicated",
  "special-tokens-missing",
  "compile-miss",
  "drift",
  "warmup-not-reached",
  "too-few-samples",
  "client-bound",
  "cache-warm",
  "not-assessable",
  "mask-unsupported",
  "server-found"
] as const

export type FindingCode = (typeof findingCodes)[number]

/** Something that a reader of the numbers must know: a trap that was met, and the evidence for it. */
export interface Finding {
  readonly code: FindingCode
  /** `error` makes a run invalid, `warning` suspect, `info` changes nothing. */
  readonly severity: "info" | "warning" | "error"
  readonly message: string
  readonly evidence: JsonObject
}

export type ValidityOutcome = "valid" | "suspect" | "invalid"

export interface Validity {
  readonly outcome: ValidityOutcome
  readonly findings: readonly Finding[]
}

export const judgeValidity = (findings: readonly Finding[]): Validity => ({
  outcome: findings.some((finding) => finding.severity === "error")
    ? "invalid"
    : findings.some((finding) => finding.severity === "warning")
      ? "suspect"
      : "valid",
  findings
})
