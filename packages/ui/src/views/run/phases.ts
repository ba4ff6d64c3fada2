import { isFinished, type RunStatus } from "@sglang-studio/core/domain"
import type { StatusChange } from "./useRunLog.ts"

/** How long a run was in a state. */
export interface Phase {
  readonly status: RunStatus
  readonly at: string
  readonly ms: number
}

/** The states that a run went through, up to now where it goes on; the last one of a finished run has no length. */
export const phasesOf = (history: readonly StatusChange[], now: number): readonly Phase[] =>
  history.flatMap(({ status, at }, index) => {
    if (isFinished(status)) return []
    const next = history[index + 1]
    return [{ status, at, ms: Math.max(0, (next === undefined ? now : Date.parse(next.at)) - Date.parse(at)) }]
  })
