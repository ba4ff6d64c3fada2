import { AdapterError, type BenchmarkResult } from "@sglang-studio/core/adapter"
import type { BenchmarkFlags, Finding, JsonObject, Sample } from "@sglang-studio/core/domain"
import { isObject, parseLooseJson } from "../looseJson.ts"
import { readOffline } from "./readOffline.ts"
import { readOneBatch, readOneBatchServer } from "./readOneBatch.ts"
import { readServing } from "./readServing.ts"
import type { OwnEntrypoint } from "./Programs.ts"

/** One line of a result file. */
export interface ResultLine {
  readonly text: string
  /** Names the line in errors. */
  readonly where: string
}

/** What a finished benchmark program left behind. */
export interface BenchOutput {
  /** The lines of one run, at least one: the one-batch programs write one for each case. */
  readonly lines: readonly [ResultLine, ...ResultLine[]]
  readonly stdout: string
  /** The flags of the run; null where they are not known. */
  readonly set: BenchmarkFlags | null
}

export interface BenchReading {
  readonly result: BenchmarkResult
  readonly samples: readonly Sample[]
  readonly findings: readonly Finding[]
  /** The lines, secrets taken out. */
  readonly stored: string
  readonly serverInfo: JsonObject | null
  /** The flags that the result repeats. */
  readonly echoed: BenchmarkFlags
}

/** Reads the output of one program: pure and strict; `AdapterError` `protocol` shows what could not be read. */
export const readBench = (entrypoint: OwnEntrypoint, output: BenchOutput): BenchReading => {
  for (const line of output.lines) requireEvidence(entrypoint, line)
  return readers[entrypoint](output)
}

const readers: { readonly [E in OwnEntrypoint]: (output: BenchOutput) => BenchReading } = {
  serving: readServing,
  "one-batch-server": readOneBatchServer,
  "offline-throughput": readOffline,
  "one-batch": readOneBatch
}

/** Which program wrote a line, by the keys that only it writes; null: none that is known. */
export const entrypointOf = (record: JsonObject): OwnEntrypoint | null =>
  evidence.find(([, keys]) => keys.every((key) => key in record))?.[0] ?? null

const evidence: readonly (readonly [OwnEntrypoint, readonly string[]])[] = [
  ["serving", ["dataset_name", "request_rate"]],
  ["offline-throughput", ["successful_requests", "total_latency"]],
  ["one-batch", ["batch_size", "prefill_latency"]],
  ["one-batch-server", ["batch_size", "latency", "overall_throughput"]]
]

/** The keys that tell a result file from other JSON, in a text that may be cut off. */
export const looksLikeResult = (text: string): boolean =>
  evidence.some(([, keys]) => keys.every((key) => text.includes(`"${key}"`)))

const requireEvidence = (entrypoint: OwnEntrypoint, { text, where }: ResultLine): void => {
  const { value } = parseLooseJson(text, where)
  const found = isObject(value) ? entrypointOf(value) : null
  if (found === null || found === entrypoint) return
  throw new AdapterError({
    reason: "protocol",
    message: `${where} is a result of ${found}, not of ${entrypoint}.`,
    hint: "Give the file that this benchmark wrote."
  })
}

/** The non-empty lines of a result file. */
export const resultLines = (text: string, name: string): readonly ResultLine[] =>
  text
    .split("\n")
    .flatMap((line, index) => (line.trim() === "" ? [] : [{ text: line, where: `Line ${index + 1} of ${name}` }]))
