import { signal, type ReadonlySignal } from "@preact/signals"
import type { InputOf, OutputOf, Routes } from "@sglang-studio/core/contract"
import { api } from "../api/client.ts"
import { toProblem, type Problem } from "../api/problem.ts"

/** A parity check as the server tells of it. */
export type CheckRun = OutputOf<Routes["getCaseRun"]>

type CheckRequest = InputOf<Routes["runCases"]>

/** The one parity check that a screen has started or was linked to, followed until it has ended. */
export interface FollowedCheck {
  readonly state: ReadonlySignal<CheckRun | null>
  readonly problem: ReadonlySignal<Problem | null>
  start(request: CheckRequest): Promise<void>
  follow(id: string): Promise<void>
  cancel(): Promise<void>
  dispose(): void
}

const everyMs = 300

export const followCheck = (onEnd: (run: CheckRun) => void): FollowedCheck => {
  const state = signal<CheckRun | null>(null)
  const problem = signal<Problem | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined

  const take = (run: CheckRun): void => {
    clearTimeout(timer)
    state.value = run
    problem.value = null
    if (run.status === "running") timer = setTimeout(() => void follow(run.id), everyMs)
    else onEnd(run)
  }
  const attempt = async (ask: () => Promise<CheckRun>): Promise<void> => {
    try {
      take(await ask())
    } catch (thrown) {
      problem.value = toProblem(thrown)
    }
  }
  const follow = (id: string): Promise<void> => attempt(() => api.getCaseRun({ id }))
  return {
    state,
    problem,
    follow,
    start: (request) => attempt(() => api.runCases(request)),
    cancel: async () => {
      const id = state.peek()?.id
      if (id !== undefined) await attempt(() => api.cancelCaseRun({ id }))
    },
    dispose: () => clearTimeout(timer)
  }
}
