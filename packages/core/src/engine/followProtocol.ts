import type { RunEvent, RunResult } from "../adapter/Adapter.ts"
import type { RunKind, RunRequest } from "../domain/workload.ts"

/** Where an operation stands, judged by the events it sent. */
export type ProtocolState =
  | { readonly _tag: "preparing" }
  | { readonly _tag: "measuring" }
  | { readonly _tag: "answered"; readonly result: RunResult }

export type ProtocolStep =
  | { readonly _tag: "moved"; readonly state: ProtocolState }
  | { readonly _tag: "violation"; readonly message: string }

/** One `started` before anything is measured; one `result` of the asked kind, last. */
export const followProtocol = (state: ProtocolState, event: RunEvent, request: RunRequest): ProtocolStep => {
  if (typeof event !== "object" || event === null) return violation(`it sent ${String(event)} instead of an event`)
  if (state._tag === "answered") return violation(`it sent "${event.type}" after its result`)
  switch (event.type) {
    case "started":
      return state._tag === "preparing" ? moved({ _tag: "measuring" }) : violation('it sent "started" twice')
    case "progress":
    case "finding":
      return moved(state)
    case "sample":
    case "token":
    case "trace":
      return state._tag === "measuring" ? moved(state) : violation(`it sent "${event.type}" before "started"`)
    case "result": {
      if (state._tag === "preparing") return violation('it sent "result" before "started"')
      const fault = faultOf(event.result, request)
      return fault === null ? moved({ _tag: "answered", result: event.result }) : violation(fault)
    }
    default:
      return violation(`it sent an event of the unknown type "${String((event as { type?: unknown }).type)}"`)
  }
}

export const initialState: ProtocolState = { _tag: "preparing" }

const moved = (state: ProtocolState): ProtocolStep => ({ _tag: "moved", state })
const violation = (message: string): ProtocolStep => ({ _tag: "violation", message })

/** What is wrong with a result for this request; null when it fits. */
const faultOf = (result: RunResult, request: RunRequest): string | null => {
  const asked: RunKind = "score" in request ? "score" : "generate" in request ? "generate" : "benchmark"
  if (result.kind !== asked) return `it answered a ${asked} with a ${result.kind} result`
  const infinite = Object.entries(result.metrics).find(([, metric]) => !Number.isFinite(metric.value))
  if (infinite !== undefined) return `its metric "${infinite[0]}" is ${infinite[1].value}`
  if (result.kind !== "score" || !("score" in request)) return null
  const rows = request.score.items.length
  if (result.scores.length !== rows) return `it sent ${result.scores.length} rows of scores for ${rows} items`
  const broken = result.scores.findIndex((row) => row.length !== result.labels.length || !row.every(Number.isFinite))
  return broken === -1 ? null : `its scores of item ${broken} are not ${result.labels.length} finite numbers`
}
