import { findingCodes, type Finding } from "../../domain/validity.ts"
import type { Sample } from "../../domain/sample.ts"
import type { LaunchEvent, RunEvent } from "../Adapter.ts"
import { faultAt, type Fault } from "./Fault.ts"
import { isList, jsonFault } from "./jsonFault.ts"
import {
  aLogprobOrNull,
  aText,
  aTextOrNull,
  aTokenId,
  isCount,
  isDuration,
  isLogprob,
  isObject,
  isText,
  isTextOrNull,
  isTokenId
} from "./values.ts"

type Told<T extends RunEvent["type"]> = Extract<RunEvent, { readonly type: T }>

/** A live token. */
export const tokenFault = ({ index, id, text, logprob }: Told<"token">): Fault | null => {
  if (!isCount(index)) return faultAt("index", index, "a whole number from 0")
  if (!isTokenId(id)) return faultAt("id", id, aTokenId)
  if (!isTextOrNull(text)) return faultAt("text", text, aTextOrNull)
  return logprob === null || isLogprob(logprob) ? null : faultAt("logprob", logprob, aLogprobOrNull)
}

export const progressFault = ({ done, total, unit }: Told<"progress">): Fault | null => {
  if (!isDuration(done)) return faultAt("done", done, "a number from 0")
  if (total !== null && !isDuration(total)) return faultAt("total", total, "null or a number from 0")
  return isText(unit) ? null : faultAt("unit", unit, aText)
}

/** One request of a benchmark, of which there are many. */
export const sampleFault = (sample: Sample): Fault | null => {
  if (!isObject(sample)) return faultAt("sample", sample, "an object")
  const { startMs, ttftMs, itlMs, e2eMs, inputTokens, outputTokens, error } = sample
  if (startMs !== null && !isDuration(startMs)) return faultAt("startMs", startMs, aTime)
  if (ttftMs !== null && !isDuration(ttftMs)) return faultAt("ttftMs", ttftMs, aTime)
  if (e2eMs !== null && !isDuration(e2eMs)) return faultAt("e2eMs", e2eMs, aTime)
  if (inputTokens !== null && !isDuration(inputTokens)) return faultAt("inputTokens", inputTokens, aNumber)
  if (outputTokens !== null && !isDuration(outputTokens)) return faultAt("outputTokens", outputTokens, aNumber)
  if (!isTextOrNull(error)) return faultAt("error", error, aTextOrNull)
  if (itlMs === null) return null
  if (!isList(itlMs)) return faultAt("itlMs", itlMs, "null or a list of times")
  for (let index = 0; index < itlMs.length; index++)
    if (!isDuration(itlMs[index])) return faultAt(`itlMs[${index}]`, itlMs[index], "a time from 0 ms")
  return null
}

const aTime = "null or a time from 0 ms"
const aNumber = "null or a number from 0"

export const findingFault = (finding: Finding): Fault | null => {
  if (!isObject(finding)) return faultAt("finding", finding, "an object")
  const { code, severity, message, evidence } = finding
  if (!findingCodes.includes(code)) return faultAt("code", code, `out of ${findingCodes.join(", ")}`)
  if (!severities.has(severity)) return faultAt("severity", severity, "info, warning or error")
  if (!isText(message)) return faultAt("message", message, aText)
  return isObject(evidence) ? jsonFault(evidence, "evidence") : faultAt("evidence", evidence, "an object")
}

const severities: ReadonlySet<unknown> = new Set(["info", "warning", "error"] satisfies Finding["severity"][])

/** What a launched server tells. */
export const launchFault = (event: LaunchEvent): Fault | null => {
  if (!isObject(event)) return faultAt("event", event, "an object")
  switch (event.type) {
    case "log":
      return isText(event.line) ? null : faultAt("line", event.line, aText)
    case "ready":
      return isText(event.url) ? null : faultAt("url", event.url, aText)
    default:
      return faultAt("type", (event as { readonly type?: unknown }).type, "log or ready")
  }
}
