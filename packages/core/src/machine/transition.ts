import type { RunLogEvent } from "../domain/event.ts"
import type { Run, RunError } from "../domain/run.ts"

/** Where a run stands. Times are RFC 3339 UTC; `startedAt` is when it began to measure. */
export type RunState =
  | { readonly status: "queued" }
  | { readonly status: "starting" }
  | { readonly status: "running"; readonly startedAt: string }
  | { readonly status: "succeeded"; readonly startedAt: string; readonly finishedAt: string }
  | (Stopped & { readonly status: "failed"; readonly error: RunError })
  | (Stopped & { readonly status: "cancelled" | "interrupted"; readonly error: RunError | null })

/** Ended without success: `startedAt` is null when it never began to measure. */
interface Stopped {
  readonly startedAt: string | null
  readonly finishedAt: string
}

export type Transition =
  | { readonly _tag: "moved"; readonly state: RunState }
  | { readonly _tag: "stayed" }
  | { readonly _tag: "refused"; readonly reason: string }

/**
 * What an event does to the state of a run. Total: what may not happen is `refused`, never thrown.
 *
 * queued -> starting -> running -> succeeded | failed | cancelled | interrupted; before `running` a run may already
 * fail, be cancelled or be interrupted; a finished run accepts nothing but `annotated`.
 */
export const transition = (state: RunState, event: RunLogEvent, at: string): Transition => {
  switch (event.type) {
    case "annotated":
      return stayed
    case "status":
      return move(state, event, at)
    case "created":
      return refused("it exists already")
    case "fallback":
      return state.status === "queued" || state.status === "starting"
        ? stayed
        : refused(`a ${state.status} run cannot fall back`)
    case "result":
      return state.status === "running" ? stayed : refused(`a ${state.status} run has no result`)
    default:
      return "finishedAt" in state ? refused(`it is ${state.status}, which is final`) : stayed
  }
}

/** The state that a stored run is in. */
export const stateOf = (run: Pick<Run, "status" | "startedAt" | "finishedAt" | "error">): RunState => {
  const { status, error } = run
  const startedAt = run.startedAt
  const finishedAt = run.finishedAt ?? ""
  switch (status) {
    case "queued":
    case "starting":
      return { status }
    case "running":
      return { status, startedAt: startedAt ?? "" }
    case "succeeded":
      return { status, startedAt: startedAt ?? "", finishedAt }
    case "failed":
      return {
        status,
        startedAt,
        finishedAt,
        error: error ?? { code: "unknown", message: "no reason kept", hint: null }
      }
    case "cancelled":
    case "interrupted":
      return { status, startedAt, finishedAt, error }
  }
}

const stayed: Transition = { _tag: "stayed" }
const refused = (reason: string): Transition => ({ _tag: "refused", reason })
const moved = (state: RunState): Transition => ({ _tag: "moved", state })

type StatusEvent = Extract<RunLogEvent, { type: "status" }>

const move = (state: RunState, { status, error }: StatusEvent, at: string): Transition => {
  if ("finishedAt" in state) return refused(`it is ${state.status}, which is final`)
  const startedAt = state.status === "running" ? state.startedAt : null
  switch (status) {
    case "starting":
      return state.status === "queued" ? moved({ status }) : illegal(state, status)
    case "running":
      return state.status === "starting" ? moved({ status, startedAt: at }) : illegal(state, status)
    case "succeeded":
      if (error !== null) return refused("a succeeded run has no error")
      return startedAt === null ? illegal(state, status) : moved({ status, startedAt, finishedAt: at })
    case "failed":
      if (error === null) return refused("a failed run says why")
      return moved({ status, startedAt, finishedAt: at, error })
    case "cancelled":
    case "interrupted":
      return moved({ status, startedAt, finishedAt: at, error })
    case "queued":
      return illegal(state, status)
  }
}

const illegal = (state: RunState, to: string): Transition => refused(`${state.status} -> ${to} is not a step`)
