import type { TraceChunk } from "../../domain/trace.ts"
import type { RunRequest } from "../../domain/workload.ts"
import { faultAt, type Fault } from "./Fault.ts"
import { isList } from "./jsonFault.ts"
import {
  aLogprobOrNull,
  aTextOrNull,
  aTokenId,
  isCount,
  isLogprob,
  isObject,
  isTextOrNull,
  isTokenId
} from "./values.ts"

/** What is wrong with a chunk of a trace for this request; null when nothing is. Loops only: traces are the most. */
export const traceFault = (chunk: TraceChunk, request: RunRequest): Fault | null => {
  if (!isObject(chunk)) return faultAt("chunk", chunk, "an object")
  const { case: name, promptLength, semantics, from, ids, tokens, logprobs, ranks, top } = chunk
  const named = nameFault(name, request)
  if (named !== null) return named
  if (!isCount(promptLength)) return faultAt("promptLength", promptLength, "a whole number from 0")
  if (semantics !== "raw" && semantics !== "temperature")
    return faultAt("semantics", semantics, '"raw" or "temperature"')
  if (!isCount(from)) return faultAt("from", from, "a whole number from 0")
  if (!isList(ids)) return faultAt("ids", ids, "a list")
  return (
    columnFault("ids", ids, ids.length, isTokenId, aTokenId) ??
    columnFault("tokens", tokens, ids.length, isTextOrNull, aTextOrNull) ??
    columnFault("logprobs", logprobs, ids.length, isLogprobOrNull, aLogprobOrNull) ??
    (ranks === null ? null : columnFault("ranks", ranks, ids.length, isRankOrNull, "null or a whole number from 1")) ??
    (top === null ? null : topFault(top, ids.length))
  )
}

/** The cases of a score are its items, that of a generation is its prompt; a benchmark names its own. */
const nameFault = (name: unknown, request: RunRequest): Fault | null => {
  if ("generate" in request) return name === "prompt" ? null : faultAt("case", name, '"prompt"')
  if ("benchmark" in request)
    return typeof name === "string" && name !== "" ? null : faultAt("case", name, "the name of a case")
  const { length } = request.score.items
  const index = typeof name === "string" && /^item-(?:0|[1-9]\d*)$/u.test(name) ? Number(name.slice(5)) : length
  if (index < length) return null
  return faultAt("case", name, length === 1 ? '"item-0"' : `out of "item-0" to "item-${length - 1}"`)
}

const columnFault = (
  column: string,
  values: unknown,
  length: number,
  isRight: (value: unknown) => boolean,
  expected: string
): Fault | null => {
  if (!isList(values)) return faultAt(column, values, "a list")
  if (values.length !== length) return faultAt(`${column}.length`, values.length, `${length}, as many as \`ids\``)
  for (let row = 0; row < length; row++)
    if (!isRight(values[row])) return faultAt(`${column}[${row}]`, values[row], expected)
  return null
}

const topFault = (top: NonNullable<TraceChunk["top"]>, rows: number): Fault | null => {
  if (!isObject(top)) return faultAt("top", top, "null or an object")
  const { k, ids, logprobs } = top
  if (!isCount(k)) return faultAt("top.k", k, "a whole number from 0")
  const misshapen =
    columnFault("top.ids", ids, rows, isList, "a list") ?? columnFault("top.logprobs", logprobs, rows, isList, "a list")
  if (misshapen !== null) return misshapen
  for (let row = 0; row < rows; row++) {
    const [idsHere, logprobsHere] = [ids[row], logprobs[row]]
    if (idsHere === undefined || logprobsHere === undefined) continue
    if (idsHere.length > k)
      return faultAt(`top.ids[${row}].length`, idsHere.length, `at most ${k}, the \`k\` of \`top\``)
    if (idsHere.length !== logprobsHere.length)
      return faultAt(`top.logprobs[${row}].length`, logprobsHere.length, `${idsHere.length}, as many as \`top.ids\``)
    for (let place = 0; place < idsHere.length; place++) {
      if (!isTokenId(idsHere[place])) return faultAt(`top.ids[${row}][${place}]`, idsHere[place], aTokenId)
      if (!isLogprobOrNull(logprobsHere[place]))
        return faultAt(`top.logprobs[${row}][${place}]`, logprobsHere[place], aLogprobOrNull)
    }
  }
  return null
}

const isLogprobOrNull = (value: unknown): boolean => value === null || isLogprob(value)
const isRankOrNull = (value: unknown): boolean => value === null || (isCount(value) && value >= 1)
