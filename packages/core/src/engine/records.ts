import * as Effect from "effect/Effect"
import type { Comparison } from "../domain/comparison.ts"
import type { Run } from "../domain/run.ts"
import type { RunStore } from "../store/RunStore.ts"
import type { RunFilter } from "./RunOptions.ts"
import type { ComparisonSummary, Studio } from "./Studio.ts"
import { StudioError } from "./StudioError.ts"

type Store = RunStore["Service"]

/** A page of runs, newest first; 50 unless told otherwise, 1000 at most. */
export const listRuns = (store: Store, filter: RunFilter) =>
  store.list({ ...filter, limit: Math.min(Math.max(filter.limit ?? 50, 1), 1000) })

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

export const summarize = ({ id, createdAt, arms, verdict }: Comparison): ComparisonSummary => ({
  id,
  createdAt,
  arms,
  outcome: verdict.outcome,
  sentence: verdict.sentence
})
