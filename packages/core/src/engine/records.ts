import * as Effect from "effect/Effect"
import type { Comparison } from "../domain/comparison.ts"
import type { Run } from "../domain/run.ts"
import type { RunStore } from "../store/RunStore.ts"
import { filterProblem } from "./checkFilter.ts"
import type { RunFilter } from "./RunOptions.ts"
import type { ComparisonSummary, Studio } from "./Studio.ts"
import { StudioError } from "./StudioError.ts"

type Store = RunStore["Service"]

/** A page of runs, newest first; 50 unless told otherwise, 1000 at most. Fails where no run could ever match. */
export const listRuns = (store: Store, filter: RunFilter) => {
  const problem = filterProblem(filter)
  if (problem !== null) return Effect.fail(problem)
  return store.list({ ...filter, limit: Math.min(Math.max(filter.limit ?? 50, 1), 1000) })
}

/** Positions [from, to) of a trace; those that are beyond its end are left out. */
export const readTrace = (
  store: Store,
  id: string,
  { from = 0, to = Number.MAX_SAFE_INTEGER, ...query }: Parameters<Studio["runs"]["trace"]>[1]
) => {
  if (from <= to) return store.traceSlice(id, { ...query, from, to })
  const message = `from is ${from}, behind to, which is ${to}.`
  return Effect.fail(
    new StudioError({
      code: "invalid-request",
      message,
      hint: "Positions are counted from 0; to is the first one that is left out.",
      path: "from",
      errors: ["from", "to"].map((path) => ({ path, message }))
    })
  )
}

/** Changes what people may change of a run; what is not named stays. */
export const annotateRun = Effect.fnUntraced(function* (
  store: Store,
  idOrPrefix: string,
  change: Parameters<Studio["runs"]["annotate"]>[1]
) {
  const run = yield* store.find(idOrPrefix)
  const { tags = run.tags, note = run.note, pinned = run.pinned, archived = run.archived } = change
  yield* store.append(run.id, [{ type: "annotated", tags: [...new Set(tags)], note, pinned, archived }])
  return yield* store.get(run.id)
})

/** Where the stored file of a run lies. */
export const artifactPath = Effect.fnUntraced(function* (store: Store, idOrPrefix: string, name: string) {
  const run: Run = yield* store.find(idOrPrefix)
  const artifact = run.artifacts.find((candidate) => candidate.name === name)
  if (artifact !== undefined) return store.artifactPath(artifact.sha256)
  return yield* Effect.fail(
    new StudioError({
      code: "not-found",
      message: `The run ${run.id} has no artifact "${name}".`,
      hint: run.artifacts.length === 0 ? "It has none." : `It has ${run.artifacts.map((each) => each.name).join(", ")}.`
    })
  )
})

export const summarize = ({ id, createdAt, arms, provenances, verdict }: Comparison): ComparisonSummary => ({
  id,
  createdAt,
  arms,
  provenances,
  outcome: verdict.outcome,
  sentence: verdict.sentence
})
