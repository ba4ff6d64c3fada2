import { AdapterError, makeRedactor, secretsIn } from "@sglang-studio/core/adapter"
import type { Finding, JsonObject, Metric } from "@sglang-studio/core/domain"
import { excerpt, numberOf, parseLooseObject } from "../looseJson.ts"
import { quantityOf } from "./implausible.ts"
import type { ResultLine } from "./reading.ts"

/** A flat result line of the smaller programs. */
export interface PlainRecord {
  readonly raw: JsonObject
  readonly redactedLine: string
  readonly nonfinite: readonly string[]
}

/** Reads one line strictly: it must have a number under each of these keys. */
export const readPlainRecord = (
  { text, where }: ResultLine,
  program: string,
  required: readonly string[]
): PlainRecord => {
  const { value, nonfinite } = parseLooseObject(text, where)
  const missing = required.filter((key) => numberOf(value[key]) === null)
  if (missing.length > 0) {
    throw new AdapterError({
      reason: "protocol",
      message: `${where} is no result of ${program}: no number under ${missing.join(", ")}: ${excerpt(text)}`,
      hint: `Give the JSONL file that ${program} wrote with --result-filename.`,
      detail: text.slice(0, 2000)
    })
  }
  const raw = makeRedactor(secretsIn(value)).json(value)
  return { raw, redactedLine: JSON.stringify(raw), nonfinite }
}

/** One number of a record under the studio's name. */
export interface Rule {
  readonly name: string
  readonly unit: string
  readonly key: string
  /** From the record's unit to ours. */
  readonly times?: number
  /** What the program writes where it does not know. */
  readonly unknown?: number
}

export const applyRules = (
  rules: readonly Rule[],
  { raw }: PlainRecord,
  program: string
): { readonly [name: string]: Metric } =>
  Object.fromEntries(
    rules.flatMap(({ name, unit, key, times = 1, unknown }) => {
      const value = quantityOf(raw[key])
      if (value === null || value === unknown) return []
      return [[name, { value: value * times, unit, definition: `sglang.${program}/${key}` }]]
    })
  )

/** These programs tell totals only. */
export const totalsOnly = (program: string): Finding => ({
  code: "not-assessable",
  severity: "info",
  message: `${program} tells totals only: failures of single requests, warm-up and drift inside the run cannot be judged.`,
  evidence: {}
})
