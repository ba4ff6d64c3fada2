import * as Effect from "effect/Effect"
import type { Arm, Comparison } from "../domain/comparison.ts"
import { isFinished } from "../domain/run.ts"
import { compareArms } from "../gate/compareArms.ts"
import { canonicalJson } from "../math/canonicalJson.ts"
import type { RunStore } from "../store/RunStore.ts"
import { sha256 } from "./hashes.ts"
import { StudioError } from "./StudioError.ts"

/** Compares stored runs and stores the comparison. The same arms have one comparison, whose content is renewed. */
export const compareRuns = Effect.fnUntraced(function* (store: RunStore["Service"], arms: readonly Arm[]) {
  if (arms.length < 2 || arms.some(({ runIds }) => runIds.length === 0))
    return yield* Effect.fail(
      new StudioError({
        code: "invalid-request",
        message: "A comparison needs at least two arms of at least one run each.",
        hint: "Give the baseline's runs and a candidate's.",
        path: "arms"
      })
    )
  const loaded = yield* Effect.forEach(arms, ({ label, runIds }) =>
    Effect.map(
      Effect.forEach(runIds, (runId) => loadRecord(store, runId)),
      (records) => ({ label, records })
    )
  )
  const named = loaded.map(({ label, records }): Arm => ({ label, runIds: records.map(({ run }) => run.id) }))
  const comparison: Comparison = {
    id: comparisonId(named),
    createdAt: new Date().toISOString(),
    ...compareArms(loaded)
  }
  yield* store.saveComparison(comparison)
  return comparison
})

const loadRecord = Effect.fnUntraced(function* (store: RunStore["Service"], idOrPrefix: string) {
  const run = yield* store.find(idOrPrefix)
  if (!isFinished(run.status))
    return yield* Effect.fail(
      new StudioError({
        code: "run-not-finished",
        message: `The run ${run.id} is still ${run.status}.`,
        hint: "Wait until it has finished.",
        path: "arms"
      })
    )
  const traces = yield* Effect.forEach(run.traces, (header) => store.traceColumns(run.id, header.case))
  return { run, traces }
})

/** Begins with a letter, as ids of runs do. */
const comparisonId = (arms: readonly Arm[]): string => `c${sha256(canonicalJson(arms)).slice(0, 11)}`
