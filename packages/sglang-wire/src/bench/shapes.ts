import type { BenchmarkFlags, JsonObject, Sample } from "@sglang-studio/core/domain"
import { numberOf } from "../looseJson.ts"
import { listOf, shapeFlags } from "./command.ts"

/** One case of a one-batch program. */
export interface Shape {
  readonly batchSize: number
  readonly inputLen: number
  readonly outputLen: number
}

/** Asked by the programs themselves where the request does not say. */
const defaults: { readonly [F in (typeof shapeFlags)[number]]: string } = {
  "batch-size": "1",
  "input-len": "1024",
  "output-len": "16"
}

/** How many cases a set of flags asks for: every combination of its sizes. */
export const shapesAsked = (set: BenchmarkFlags): number =>
  shapeFlags.reduce((count, flag) => count * listOf(String(set[flag] ?? defaults[flag])).length, 1)

export const shapeOf = (record: JsonObject): Shape => ({
  batchSize: numberOf(record["batch_size"]) ?? 0,
  inputLen: numberOf(record["input_len"]) ?? 0,
  outputLen: numberOf(record["output_len"]) ?? 0
})

/** What a metric of one case among several is called: `output_throughput.bs4_in32_out16`. */
export const shapeSuffix = ({ batchSize, inputLen, outputLen }: Shape): string =>
  `bs${batchSize}_in${inputLen}_out${outputLen}`

/** A batch counts as one request, timed as a whole. */
export const sampleOf = (shape: Shape, times: Pick<Sample, "ttftMs" | "e2eMs">): Sample => ({
  startMs: null,
  ...times,
  itlMs: null,
  inputTokens: shape.batchSize * shape.inputLen,
  outputTokens: shape.batchSize * shape.outputLen,
  error: null
})
