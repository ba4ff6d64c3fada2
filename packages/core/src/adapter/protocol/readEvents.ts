import type { Sample } from "../../domain/sample.ts"
import type { Finding } from "../../domain/validity.ts"
import { runKind, type RunRequest } from "../../domain/workload.ts"
import type { RunEvent, RunResult } from "../Adapter.ts"
import { findingFault, progressFault, sampleFault, tokenFault } from "./eventFault.ts"
import { showValue, tellFault, type Fault } from "./Fault.ts"
import { resultFault } from "./resultFault.ts"
import { traceFault } from "./traceFault.ts"

/** Reads the events of one operation, one after the other. */
export interface EventReader {
  /** The event as the contract knows it, or what is wrong with it in words: then nothing more is to be read. */
  readonly read: (told: unknown) => RunEvent | string
}

/**
 * Holds what an adapter tells against the contract: one `started` before anything is measured, one `result` of the asked
 * kind, last, and every value what it should be. The one place for it: what is read here can be stored and shown.
 */
export const readEvents = (request: RunRequest): EventReader => {
  const asked = runKind(request)
  let phase: "preparing" | "measuring" | "answered" = "preparing"
  const live: number[] = []
  const traces = new Map<string, { next: number; readonly promptLength: number }>()

  const readToken = (told: Told<"token">): RunEvent | string => {
    const fault = tokenFault(told)
    if (fault !== null) return wrong("token", fault)
    if (asked === "generate") {
      if (told.index !== live.length)
        return wrong("token", { field: "index", value: told.index, expected: `${live.length}, the next` })
      live.push(told.id)
    }
    const { index, id, text, logprob } = told
    return { type: "token", index, id, text, logprob }
  }
  const readTrace = (told: Told<"trace">): RunEvent | string => {
    const { chunk } = told
    const fault = traceFault(chunk, request)
    if (fault !== null) return wrong(nameOfTrace(chunk), fault)
    const { case: name, from, promptLength, ids } = chunk
    const known = traces.get(name) ?? { next: 0, promptLength }
    if (from !== known.next)
      return wrong(nameOfTrace(chunk), { field: "from", value: from, expected: `${known.next}, the next position` })
    if (promptLength !== known.promptLength)
      return wrong(nameOfTrace(chunk), {
        field: "promptLength",
        value: promptLength,
        expected: `${known.promptLength}, as in the chunk before`
      })
    known.next += ids.length
    traces.set(name, known)
    return told
  }
  const readResult = (told: Told<"result">): RunEvent | string => {
    const given = told.result as RunResult | null | undefined
    if (typeof given !== "object" || given === null) return `its result is ${showValue(given)}`
    if (given.kind !== asked) return `it answered a ${asked} with a ${given.kind} result`
    const fault = resultFault(given, request)
    if (fault !== null) return wrong("result", fault)
    if (given.kind === "generate") {
      const { tokenIds } = given.output
      const parted = live.findIndex((id, index) => id !== tokenIds[index])
      if (live.length > 0 && (parted !== -1 || live.length !== tokenIds.length))
        return `its ${live.length} live tokens are not the ${tokenIds.length} of its output: ${parting(live, tokenIds, parted)}`
    }
    phase = "answered"
    return { type: "result", result: withLists(given) }
  }
  const read = (told: unknown): RunEvent | string => {
    if (typeof told !== "object" || told === null) return `it sent ${showValue(told)} instead of an event`
    const event = told as RunEvent
    if (phase === "answered") return `it sent ${showValue(event.type)} after its result`
    switch (event.type) {
      case "started":
        if (phase !== "preparing") return 'it sent "started" twice'
        phase = "measuring"
        return { type: "started" }
      case "progress": {
        const fault = progressFault(event)
        return fault === null ? event : wrong("progress", fault)
      }
      case "finding": {
        const fault = findingFault(event.finding)
        return fault === null ? { type: "finding", finding: findingOf(event.finding) } : wrong("finding", fault)
      }
      case "sample":
      case "token":
      case "trace":
      case "result":
        if (phase === "preparing") return `it sent "${event.type}" before "started"`
        if (event.type === "token") return readToken(event)
        if (event.type === "trace") return readTrace(event)
        if (event.type === "result") return readResult(event)
        return readSample(event.sample)
      default:
        return `it sent an event of the unknown type ${showValue((event as { type?: unknown }).type)}`
    }
  }
  return {
    read: (told) => {
      try {
        return read(told)
      } catch (thrown) {
        // A getter of its own, or a revoked proxy.
        return `what it sent cannot be read: ${String(thrown)}`
      }
    }
  }
}

type Told<T extends RunEvent["type"]> = Extract<RunEvent, { readonly type: T }>

const wrong = (event: string, fault: Fault): string => `its ${event} says ${tellFault(fault)}`

const nameOfTrace = (chunk: unknown): string => {
  const name: unknown = (chunk as { case?: unknown } | null | undefined)?.case
  return typeof name === "string" ? `trace ${showValue(name)}` : "trace"
}

const parting = (live: readonly number[], output: readonly number[], parted: number): string =>
  parted === -1 || parted >= output.length
    ? "all of them have to be told, once"
    : `token ${parted} was ${live[parted]} and is ${output[parted]}`

/** Only what the contract names is taken over: what else is there has not been looked at. */
const readSample = (sample: Sample): RunEvent | string => {
  const fault = sampleFault(sample)
  if (fault !== null) return wrong("sample", fault)
  const { startMs, ttftMs, itlMs, e2eMs, inputTokens, outputTokens, error } = sample
  const gaps = itlMs === null ? null : listOf(itlMs)
  return { type: "sample", sample: { startMs, ttftMs, itlMs: gaps, e2eMs, inputTokens, outputTokens, error } }
}

const findingOf = ({ code, severity, message, evidence }: Finding): Finding => ({ code, severity, message, evidence })

/** Typed arrays become lists, which is what JSON knows. */
const listOf = <T>(values: ArrayLike<T>): readonly T[] => (Array.isArray(values) ? values : Array.from(values))

const withLists = (result: RunResult): RunResult => {
  switch (result.kind) {
    case "score": {
      const { items, labels, scores, logprobs, oneByOne, metrics, raw } = result
      return {
        kind: "score",
        items: items.map(({ text, inputIds }) => ({ text, inputIds: inputIds && listOf(inputIds) })),
        labels: labels.map(({ text, id }) => ({ text, id })),
        scores: scores.map(listOf),
        logprobs: logprobs && logprobs.map(listOf),
        oneByOne: oneByOne && oneByOne.map(listOf),
        metrics,
        raw
      }
    }
    case "generate": {
      const { output, metrics, raw } = result
      return { kind: "generate", output: { text: output.text, tokenIds: listOf(output.tokenIds) }, metrics, raw }
    }
    default:
      return result
  }
}
