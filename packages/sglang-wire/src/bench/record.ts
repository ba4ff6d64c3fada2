import { AdapterError, makeRedactor, secretsIn } from "@sglang-studio/core/adapter"
import type { Json, JsonObject } from "@sglang-studio/core/domain"
import { excerpt, isObject, numberOf, parseLooseObject } from "../looseJson.ts"

/** The per-request arrays that `--output-details` adds. Times in seconds; failed requests are among them. */
export interface Details {
  readonly inputLens: readonly number[]
  readonly outputLens: readonly number[]
  readonly ttfts: readonly number[]
  readonly itls: readonly (readonly number[])[]
  readonly texts: readonly string[]
  readonly errors: readonly string[]
}

/** One line of the result file of `bench_serving`. */
export interface BenchRecord {
  /** The engine's numbers under its own names: without the per-request arrays and the server's arguments. */
  readonly raw: JsonObject
  /** The whole line, secrets taken out. */
  readonly redactedLine: string
  /** Names of the settings whose values were taken out. */
  readonly redactedNames: readonly string[]
  readonly nonfinite: readonly string[]
  readonly serverInfo: JsonObject | null
  readonly details: Details | null
}

const required = [
  "duration",
  "completed",
  "total_input_tokens",
  "total_output_tokens",
  "request_throughput",
  "input_throughput",
  "output_throughput"
]

const perRequest = new Set([
  "input_lens",
  "output_lens",
  "cached_tokens",
  "cached_tokens_details",
  "ttfts",
  "itls",
  "generated_texts",
  "errors"
])

/** Reads one result line strictly; `where` names it in the error (`protocol`), which shows the line. */
export const readRecord = (line: string, where: string): BenchRecord => {
  const { value, nonfinite } = parseLooseObject(line, where)
  const missing = required.filter((key) => numberOf(value[key]) === null)
  if (missing.length > 0) {
    throw new AdapterError({
      reason: "protocol",
      message: `${where} is no result of bench_serving: no number under ${missing.join(", ")}: ${excerpt(line)}`,
      hint: "Give the JSONL file that bench_serving wrote with --output-file.",
      detail: line.slice(0, 2000)
    })
  }
  const redactor = makeRedactor(secretsIn(value))
  const clean = redactor.json(value)
  const serverInfo = clean["server_info"]
  return {
    raw: Object.fromEntries(Object.entries(clean).filter(([key]) => key !== "server_info" && !perRequest.has(key))),
    redactedLine: JSON.stringify(clean),
    redactedNames: [...redactor.found],
    nonfinite,
    serverInfo: isObject(serverInfo) ? serverInfo : null,
    details: readDetails(clean, where)
  }
}

const readDetails = (record: JsonObject, where: string): Details | null => {
  if (record["ttfts"] === undefined) return null
  const numbers = (key: string) => listOf(record[key], where, key).map((entry) => finite(entry, where, key))
  const texts = (key: string) =>
    listOf(record[key], where, key).map((entry) => (typeof entry === "string" ? entry : ""))
  return {
    inputLens: numbers("input_lens"),
    outputLens: numbers("output_lens"),
    ttfts: numbers("ttfts"),
    itls: listOf(record["itls"], where, "itls").map((row) =>
      listOf(row, where, "itls").map((entry) => finite(entry, where, "itls"))
    ),
    texts: texts("generated_texts"),
    errors: texts("errors")
  }
}

const listOf = (value: Json | undefined, where: string, key: string): readonly Json[] => {
  if (Array.isArray(value)) return value
  throw malformed(where, key, value ?? null)
}

const finite = (value: Json, where: string, key: string): number => {
  const number = numberOf(value)
  if (number === null) throw malformed(where, key, value)
  return number
}

const malformed = (where: string, key: string, got: Json): AdapterError =>
  new AdapterError({
    reason: "protocol",
    message: `${where} has an unexpected ${key}: ${excerpt(JSON.stringify(got))}`,
    hint: "The file may be cut off, or from a version of bench_serving that this adapter does not know."
  })
