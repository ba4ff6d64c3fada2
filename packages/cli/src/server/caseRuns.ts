import { randomUUID } from "node:crypto"
import { isStudioError, type ParityProgress, type ParityReport } from "@sglang-studio/core"
import type { OutputOf, Routes } from "@sglang-studio/core/contract"
import { problemOf } from "./problemOf.ts"

type CaseRun = OutputOf<Routes["getCaseRun"]>

/** Parity checks that this server executes, and those that it has done: they take longer than a request should. */
export interface CaseRuns {
  start(
    backends: readonly string[],
    check: (how: {
      readonly signal: AbortSignal
      readonly onProgress: (progress: ParityProgress) => void
    }) => Promise<ParityReport>
  ): Promise<CaseRun>
  get(id: string): CaseRun | null
  /** Waits until its runs have ended; nothing to do for one that is done. */
  cancel(id: string): Promise<CaseRun | null>
}

interface Entry {
  state: CaseRun
  readonly abort: () => void
  readonly finished: Promise<void>
}

export const makeCaseRuns = (): CaseRuns => {
  const entries = new Map<string, Entry>()
  return {
    start: async (backends, check) => {
      const id = randomUUID().slice(0, 8)
      const controller = new AbortController()
      const change = (changes: Partial<CaseRun>) => {
        const entry = entries.get(id)
        if (entry !== undefined) entry.state = { ...entry.state, ...changes }
      }
      // What cannot be started is refused at once: progress, or the end, is the sign that it has begun.
      const begun = Promise.withResolvers<void>()
      const checking = check({
        signal: controller.signal,
        onProgress: (progress) => {
          change(progress)
          begun.resolve()
        }
      })
      const finished = checking.then(
        (report) => change(found(report)),
        (error: unknown) => change(controller.signal.aborted ? { status: "cancelled" } : { ...failed(error) })
      )
      entries.set(id, { state: { ...fresh, id, backends }, abort: () => controller.abort(), finished })
      // One that runs must stay to be followed and cancelled, however many there are.
      const [oldest] = [...entries].find(([, { state }]) => state.status !== "running") ?? []
      if (entries.size > mostKept && oldest !== undefined) entries.delete(oldest)
      try {
        await Promise.race([begun.promise, checking])
      } catch (error) {
        entries.delete(id)
        throw error
      }
      return entries.get(id)?.state ?? { ...fresh, id, backends }
    },
    get: (id) => entries.get(id)?.state ?? null,
    cancel: async (id) => {
      const entry = entries.get(id)
      entry?.abort()
      await entry?.finished
      return entry?.state ?? null
    }
  }
}

const mostKept = 100

const fresh = {
  status: "running",
  stage: null,
  done: 0,
  total: 0,
  error: null,
  comparison: null,
  levels: [],
  runIds: [],
  selfChecks: [],
  reference: null
} as const

const found = ({ comparison, levels, runs, selfChecks, reference }: ParityReport): Partial<CaseRun> => ({
  status: "done",
  comparison,
  levels,
  runIds: runs.map(({ id }) => id),
  selfChecks,
  reference
})

const failed = (error: unknown): Partial<CaseRun> => {
  const { code, detail, hint } = problemOf(error)
  return { status: "failed", error: { code, message: isStudioError(error) ? error.message : detail, hint } }
}
