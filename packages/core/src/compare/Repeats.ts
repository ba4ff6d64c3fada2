import type { RunKind } from "../domain/workload.ts"
import type { ArmRecords, RunRecord } from "./Arms.ts"
import { groupRequests } from "./pairRuns.ts"
import { unfitness, type UnfitRun } from "./unfitness.ts"

/** One request and its repeats on every arm. */
export interface Repeats {
  /** Names the request within the comparison. */
  readonly case: string
  readonly kind: RunKind
  /** By arm: whether it has a run of it, whatever became of it. */
  readonly asked: readonly boolean[]
  /** Runs that gave an answer, by arm. */
  readonly answered: readonly (readonly RunRecord[])[]
  /** Of those the ones whose numbers count. */
  readonly fit: readonly (readonly RunRecord[])[]
  readonly unfit: readonly UnfitRun[]
}

/** Every request of the arms; a run that is not fit is set aside and named. */
export const repeatsOf = (arms: readonly ArmRecords[]): readonly Repeats[] =>
  groupRequests(arms).map(({ name, kind, records }) => ({
    case: name,
    kind,
    asked: records.map((queue) => queue.length > 0),
    answered: records.map((queue) => queue.filter(({ run }) => run.status === "succeeded")),
    fit: records.map((queue, arm) => queue.filter(({ run }) => unfitness(arms[arm]!.label, run) === null)),
    unfit: records.flatMap((queue, arm) => queue.flatMap(({ run }) => unfitness(arms[arm]!.label, run) ?? []))
  }))
