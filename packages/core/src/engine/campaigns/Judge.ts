import * as Effect from "effect/Effect"
import { armKey, armOf, placeKey, placesOf, type CellPlace } from "../../campaign/cells.ts"
import { isOpenToRepeats } from "../../campaign/isOpenToRepeats.ts"
import { emptyCell, judgeCell } from "../../campaign/judgeCell.ts"
import type { Looks } from "../../campaign/looks.ts"
import { withTiers } from "../../campaign/withTiers.ts"
import type { ArmRecords } from "../../compare/Arms.ts"
import type { PlannedRun } from "../../domain/plan.ts"
import type { CampaignCell, CampaignRecord } from "../../domain/campaign.ts"
import type { StoreError } from "../../store/StoreError.ts"
import { comparisonId, loadArm, type Shelf } from "../compareRuns.ts"
import type { StudioError } from "../StudioError.ts"

/** A finished measured run of a campaign. */
export interface JudgedRun {
  readonly planned: PlannedRun
  readonly runId: string
}

/** Keeps the cells of a campaign up to date with its runs. */
export interface Judge {
  readonly cells: () => readonly CampaignCell[]
  /** Whether every gate of every cell says pass or fail. */
  readonly decided: () => boolean
  /** Whether more repeats could decide some gate that is open. */
  readonly isOpenToRepeats: () => boolean
  /** Judges the cells of the fresh ones among these runs anew, those that have a run on each side. */
  readonly look: (
    runs: readonly JudgedRun[],
    fresh: readonly PlannedRun[]
  ) => Effect.Effect<void, StudioError | StoreError>
  /** Judges all cells, whatever they lack, and stores their comparisons. */
  readonly conclude: (runs: readonly JudgedRun[]) => Effect.Effect<readonly CampaignCell[], StudioError | StoreError>
}

type RunsByArm = ReadonlyMap<string, readonly JudgedRun[]>

export const makeJudge = Effect.fnUntraced(function* (
  shelf: Shelf,
  { suite, plan, backends, options, state }: Pick<CampaignRecord, "suite" | "plan" | "backends" | "options" | "state">,
  looks: Looks
) {
  const { store } = shelf
  const { against } = options
  const places = placesOf({ suite, plan, backends, against })
  const rules = suite.gates.length === 0 ? null : suite.gates
  const promoted = against === null ? [] : yield* store.baselines({ suite: suite.suite, name: against })
  const baselines = new Map(promoted.map((one) => [armKey(one, one.backend), one]))
  const byPlace = new Map(state.cells.map((cell) => [placeKey(cell), cell]))
  let cells: readonly CampaignCell[] = places.map((place) => byPlace.get(placeKey(place)) ?? emptyCell(place))

  const byArm = (runs: readonly JudgedRun[]): RunsByArm => Map.groupBy(runs, ({ planned }) => armOf(suite, planned))

  const armsOf = Effect.fnUntraced(function* (place: CellPlace, runs: RunsByArm) {
    const own = (backend: string) =>
      loadArm(shelf, {
        label: backend,
        runIds: (runs.get(armKey(place, backend)) ?? []).map(({ runId }) => runId)
      })
    const candidate = yield* own(place.candidate)
    if (place.baseline === null) return [candidate.arm]
    if (against === null) return [(yield* own(place.baseline)).arm, candidate.arm]
    const stored = baselines.get(placeKey(place))
    return [(yield* loadArm(shelf, { label: against, runIds: stored?.runIds ?? [] })).arm, candidate.arm]
  })

  /** A waiver may come or expire while the campaign runs. */
  const judgeNow = Effect.map(
    Effect.suspend(() => store.waivers(suite.suite)),
    (waivers) => {
      const judging = { rules, waivers, alpha: looks.alpha, now: new Date().toISOString() }
      return (place: CellPlace, arms: readonly ArmRecords[]) => judgeCell(place, arms, judging)
    }
  )

  const put = (judged: readonly CampaignCell[]) => {
    const fresh = new Map(judged.map((cell) => [placeKey(cell), cell]))
    cells = withTiers(cells.map((cell) => fresh.get(placeKey(cell)) ?? cell))
  }

  return {
    cells: () => cells,
    decided: () => cells.every(isDecided),
    isOpenToRepeats: () => cells.some(isOpenToRepeats),
    look: Effect.fnUntraced(function* (runs, fresh) {
      const arms = byArm(runs)
      const changed = new Set(fresh.map((planned) => armOf(suite, planned)))
      const isChanged = (place: CellPlace) =>
        changed.has(placeKey(place)) || (place.baseline !== null && changed.has(armKey(place, place.baseline)))
      const judge = yield* judgeNow
      const judged: CampaignCell[] = []
      for (const place of places.filter(isChanged)) {
        const loaded = yield* armsOf(place, arms)
        if (loaded.every(({ records }) => records.length > 0)) judged.push(judge(place, loaded).cell)
      }
      put(judged)
    }),
    conclude: Effect.fnUntraced(function* (runs) {
      const arms = byArm(runs)
      const judge = yield* judgeNow
      const judged: CampaignCell[] = []
      for (const place of places) {
        const { cell, comparison } = judge(place, yield* armsOf(place, arms))
        if (comparison === null || place.baseline === null) {
          judged.push(cell)
          continue
        }
        const id = comparisonId(comparison.arms, { gates: rules, alpha: looks.alpha })
        yield* store.saveComparison({ id, createdAt: new Date().toISOString(), ...comparison })
        judged.push({ ...cell, comparisonId: id })
      }
      put(judged)
      return cells
    })
  } satisfies Judge
})

/** A cell that no gate speaks of has nothing to decide once it is measured. */
const isDecided = ({ outcome, baseline, usable }: CampaignCell): boolean =>
  outcome === null ? (baseline === null || usable[0] > 0) && usable[1] > 0 : outcome !== "inconclusive"
