import * as Effect from "effect/Effect"
import type { Adapter } from "../adapter/Adapter.ts"
import type { ArmRecords, RunRecord, SelfProbe } from "../compare/Arms.ts"
import type { Arm, Comparison } from "../domain/comparison.ts"
import { isFinished } from "../domain/run.ts"
import { compareArms } from "../gate/compareArms.ts"
import { canonicalJson } from "../math/canonicalJson.ts"
import type { RunStore } from "../store/RunStore.ts"
import { sha256 } from "./hashes.ts"
import { StudioError } from "./StudioError.ts"

/** Where compared runs come from. */
export interface Shelf {
  readonly store: RunStore["Service"]
  /** Those that are loaded: what a run's adapter can send says which checks can still be made. */
  readonly adapters: readonly Adapter[]
}

/** Compares stored runs and stores the comparison. The same arms have one comparison, whose content is renewed. */
export const compareRuns = Effect.fnUntraced(function* (shelf: Shelf, arms: readonly Arm[]) {
  if (arms.length < 2 || arms.some(({ runIds }) => runIds.length === 0))
    return yield* Effect.fail(
      new StudioError({
        code: "invalid-request",
        message: "A comparison needs at least two arms of at least one run each.",
        hint: "Give the baseline's runs and a candidate's.",
        path: "arms"
      })
    )
  const loaded = yield* Effect.forEach(arms, (arm) => loadArm(shelf, arm))
  const named = loaded.map(({ arm, runIds }): Arm => ({ label: arm.label, runIds }))
  const comparison: Comparison = {
    id: comparisonId(named),
    createdAt: new Date().toISOString(),
    ...compareArms(loaded.map(({ arm }) => arm)),
    arms: named
  }
  yield* shelf.store.saveComparison(comparison)
  return comparison
})

/** An arm with its traces. A run that sends another one of the arm again is no pair's side but a probe of that one. */
export const loadArm = Effect.fnUntraced(function* ({ store, adapters }: Shelf, { label, runIds }: Arm) {
  const loaded = yield* Effect.forEach(runIds, (runId) => loadRecord(store, runId))
  const ids = new Set(loaded.map(({ run }) => run.id))
  const probes = loaded.flatMap((record): readonly SelfProbe[] => {
    const { resend } = record.run
    return resend !== null && ids.has(resend.of) ? [{ kind: resend.kind, of: resend.of, record }] : []
  })
  const probing = new Set(probes.map((probe) => probe.record))
  const records = loaded.filter((record) => !probing.has(record))
  const adapter = adapters.find(({ name }) => name === records[0]?.run.adapter)
  const sends = adapter === undefined ? [] : (adapter.supports.sends ?? [])
  const arm: ArmRecords = { label, records, probes, sends: ["repeat", "permuted", ...sends] }
  return { arm, runIds: [...ids] }
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
  // A run that was cut off has no trace that is whole.
  const traces = run.traces.length === 0 ? [] : yield* store.traces(run.id)
  return { run, traces } satisfies RunRecord
})

/** Begins with a letter, as ids of runs do. What was judged by rules of its own is another comparison. */
export const comparisonId = (arms: readonly Arm[], judged?: object): string =>
  `c${sha256(canonicalJson(judged === undefined ? arms : { arms, judged })).slice(0, 11)}`
