import type { RunRequest } from "../../domain/workload.ts"
import type { GenerateResult, RunResult, ScoreRunResult } from "../Adapter.ts"
import { faultAt, type Fault } from "./Fault.ts"
import { isList, jsonFault } from "./jsonFault.ts"
import {
  aLogprob,
  aText,
  aTextOrNull,
  aTokenId,
  isLogprob,
  isObject,
  isProbability,
  isText,
  isTextOrNull,
  isTokenId
} from "./values.ts"

/** What is wrong with a result of the asked kind for this request; null when nothing is. */
export const resultFault = (result: Exclude<RunResult, { kind: "profile" }>, request: RunRequest): Fault | null =>
  metricsFault(result.metrics) ??
  ("score" in request && result.kind === "score" ? scoreFault(result, request.score) : null) ??
  (result.kind === "generate" ? outputFault(result.output) : null) ??
  jsonFault(result.raw, "raw")

const metricsFault = (metrics: unknown): Fault | null => {
  if (!isObject(metrics)) return faultAt("metrics", metrics, "an object of metrics")
  for (const [name, metric] of Object.entries(metrics)) {
    if (!isObject(metric)) return faultAt(`metrics.${name}`, metric, "{ value, unit, definition }")
    const { value, unit, definition } = metric
    if (!Number.isFinite(value)) return faultAt(`metrics.${name}.value`, value, "a finite number")
    if (!isText(unit)) return faultAt(`metrics.${name}.unit`, unit, aText)
    if (!isText(definition)) return faultAt(`metrics.${name}.definition`, definition, aText)
  }
  return jsonFault(metrics, "metrics")
}

const outputFault = (output: GenerateResult["output"]): Fault | null => {
  if (!isObject(output)) return faultAt("output", output, "{ text, tokenIds }")
  if (!isTextOrNull(output.text)) return faultAt("output.text", output.text, aTextOrNull)
  return listFault("output.tokenIds", output.tokenIds, null, isTokenId, aTokenId)
}

const scoreFault = (
  { items, labels, scores, logprobs, oneByOne }: ScoreRunResult,
  request: Extract<RunRequest, { readonly score: unknown }>["score"]
): Fault | null => {
  const rows = request.items.length
  const columns = (request.labels ?? request.labelTokenIds ?? []).length
  const table = (field: string, values: unknown, isRight: (value: unknown) => boolean, expected: string) =>
    tableFault(field, values, [rows, columns], isRight, expected)
  return (
    eachFault("items", items, rows, "item", itemFault) ??
    eachFault("labels", labels, columns, "label", labelFault) ??
    table("scores", scores, isProbability, aProbability) ??
    (logprobs === null ? null : table("logprobs", logprobs, isLogprob, aLogprob)) ??
    (oneByOne === null ? null : table("oneByOne", oneByOne, isProbability, aProbability))
  )
}

const aProbability = "a probability from 0 to 1"

const itemFault = (field: string, item: unknown): Fault | null => {
  if (!isObject(item)) return faultAt(field, item, "{ text, inputIds }")
  if (!isTextOrNull(item["text"])) return faultAt(`${field}.text`, item["text"], aTextOrNull)
  const ids = item["inputIds"]
  return ids === null ? null : listFault(`${field}.inputIds`, ids, null, isTokenId, aTokenId)
}

const labelFault = (field: string, label: unknown): Fault | null => {
  if (!isObject(label)) return faultAt(field, label, "{ text, id }")
  if (!isTextOrNull(label["text"])) return faultAt(`${field}.text`, label["text"], aTextOrNull)
  return isTokenId(label["id"]) ? null : faultAt(`${field}.id`, label["id"], aTokenId)
}

/** One entry for each item or label of the request. */
const eachFault = (
  field: string,
  values: unknown,
  length: number,
  what: string,
  faultOf: (field: string, value: unknown) => Fault | null
): Fault | null => {
  const misshapen = listFault(field, values, length, () => true, "", `one for each ${what} of the request`)
  if (misshapen !== null || !isList(values)) return misshapen
  for (let index = 0; index < values.length; index++) {
    const fault = faultOf(`${field}[${index}]`, values[index])
    if (fault !== null) return fault
  }
  return null
}

const tableFault = (
  field: string,
  values: unknown,
  [rows, columns]: readonly [number, number],
  isRight: (value: unknown) => boolean,
  expected: string
): Fault | null => {
  const misshapen = listFault(field, values, rows, () => true, "", "a row for each item of the request")
  if (misshapen !== null || !isList(values)) return misshapen
  for (let row = 0; row < rows; row++) {
    const fault = listFault(`${field}[${row}]`, values[row], columns, isRight, expected, "a column for each label")
    if (fault !== null) return fault
  }
  return null
}

const listFault = (
  field: string,
  values: unknown,
  length: number | null,
  isRight: (value: unknown) => boolean,
  expected: string,
  because = ""
): Fault | null => {
  if (!isList(values)) return faultAt(field, values, "a list")
  if (length !== null && values.length !== length)
    return faultAt(`${field}.length`, values.length, `${length}, ${because}`)
  for (let index = 0; index < values.length; index++)
    if (!isRight(values[index])) return faultAt(`${field}[${index}]`, values[index], expected)
  return null
}
