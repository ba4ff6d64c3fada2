import type { RunLogEntry, RunLogEvent, RunSeed } from "../domain/event.ts"
import type { Run } from "../domain/run.ts"
import { judgeValidity } from "../domain/validity.ts"
import { runKind } from "../domain/workload.ts"
import { stateOf, transition } from "./transition.ts"

/** The part of a run that the next event is judged by and added to. */
export type RunHead = Pick<Run, "status" | "startedAt" | "finishedAt" | "error" | "validity" | "artifacts" | "traces">

export type Projection =
  | { readonly _tag: "changed"; readonly changes: Partial<Run> }
  | { readonly _tag: "refused"; readonly reason: string }

/** What one event changes in a run's record. Pure and total. */
export const project = (head: RunHead, event: RunLogEvent, at: string): Projection => {
  const step = transition(stateOf(head), event, at)
  if (step._tag === "refused") return step
  return { _tag: "changed", changes: step._tag === "moved" ? step.state : changesOf(head, event) }
}

/** The record of a run whose log begins with this seed. */
export const queuedRun = (seed: RunSeed, at: string): Run => ({
  id: seed.id,
  kind: runKind(seed.request),
  backend: seed.backend,
  adapter: seed.adapter,
  status: "queued",
  provenance: seed.provenance,
  imported: seed.imported,
  adapterError: null,
  error: null,
  createdAt: at,
  startedAt: null,
  finishedAt: null,
  workloadHash: seed.workloadHash,
  systemHash: null,
  fingerprint: null,
  request: seed.request,
  resend: seed.resend,
  campaign: seed.campaign ?? null,
  tags: seed.tags,
  note: "",
  pinned: false,
  archived: false,
  progress: null,
  metrics: {},
  rawMetrics: null,
  validity: judgeValidity([]),
  score: null,
  output: null,
  traces: [],
  artifacts: [],
  reproduce: seed.reproduce
})

/** Folds a whole log into the record it describes; null when the log is not one that can have happened. */
export const replay = (log: readonly Pick<RunLogEntry, "at" | "event">[]): Run | null => {
  const [first, ...rest] = log
  if (first?.event.type !== "created") return null
  let run = queuedRun(first.event.seed, first.at)
  for (const { at, event } of rest) {
    const projection = project(run, event, at)
    if (projection._tag === "refused") return null
    run = { ...run, ...projection.changes }
  }
  return run
}

const changesOf = (head: RunHead, event: RunLogEvent): Partial<Run> => {
  switch (event.type) {
    case "probed":
      return { fingerprint: event.fingerprint, systemHash: event.systemHash }
    case "fallback":
      return { provenance: "mock-fallback", adapterError: { code: event.code, message: event.message } }
    case "progress":
      return { progress: event.progress }
    case "finding":
      return { validity: judgeValidity([...head.validity.findings, event.finding]) }
    case "artifact":
      return { artifacts: [...head.artifacts, event.artifact] }
    case "trace":
      return { traces: [...head.traces, event.header] }
    case "result":
      return { score: event.score, output: event.output, metrics: event.metrics, rawMetrics: event.rawMetrics }
    case "annotated":
      return { tags: event.tags, note: event.note, pinned: event.pinned, archived: event.archived }
    case "created":
    case "status":
    case "log":
    case "token":
      return {}
  }
}
