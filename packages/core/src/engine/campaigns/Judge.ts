import * as Effect from "effect/Effect"
import { isOfCell, placeKey, placesOf, type CellPlace } from "../../campaign/cells.ts"
import { emptyCell, judgeCell } from "../../campaign/judgeCell.ts"
import type { Looks } from "../../campaign/looks.ts"
import { withTiers } from "../../campaign/withTiers.ts"
import type { ArmRecords } from "../../compare/Arms.ts"
import { cellKey, type PlannedRun } from "../../domain/plan.ts"
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
  /** Judges the cells of these runs anew, those that have a run on each side. */
  readonly look: (
    runs: readonly JudgedRun[],
    changed: (place: CellPlace) => boolean
  ) => Effect.Effect<void, StudioError | StoreError>
  /** Judges all cells, whatever they lack, and stores their comparisons. */
  readonly conclude: (runs: readonly JudgedRun[]) => Effect.Effect<readonly CampaignCell[], StudioError | StoreError>
}

export const makeJudge = Effect.fnUntraced(function* (
  shelf: Shelf,
  { suite, plan, backends, options, state }: Pick<CampaignRecord, "suite" | "plan" | "backends" | "options" | "state">,
  looks: Looks
) {
  const { store } = shelf
  const { against } = options
  const places = placesOf({ suite, plan, backends, against })
  const rules = suite.gates.length === 0 ? null : suite.gates
  const baselines = against === null ? [] : yield* store.baselines({ suite: suite.suite, name: against })
  const byPlace = new Map(state.cells.map((cell) => [placeKey(cell), cell]))
  let cells: readonly CampaignCell[] = places.map((place) => byPlace.get(placeKey(place)) ?? emptyCell(place))

  const armsOf = Effect.fnUntraced(function* (place: CellPlace, runs: readonly JudgedRun[]) {
    const own = (backend: string) =>
      loadArm(shelf, {
        label: backend,
        runIds: runs
          .filter(({ planned }) => planned.backend === backend && isOfCell(suite, place, planned))
          .map(({ runId }) => runId)
      })
    const candidate = yield* own(place.candidate)
    if (place.baseline === null) return [candidate.arm]
    if (against === null) return [(yield* own(place.baseline)).arm, candidate.arm]
    const stored = baselines.find(
      (one) => one.backend === place.candidate && cellKey(one.case, one.point) === cellKey(place.case, place.point)
    )
    return [(yield* loadArm(shelf, { label: against, runIds: stored?.runIds ?? [] })).arm, candidate.arm]
  })

  const judge = Effect.fnUntraced(function* (place: CellPlace, arms: readonly ArmRecords[]) {
    const waivers = yield* store.waivers(suite.suite)
    return judgeCell(place, arms, { rules, waivers, alpha: looks.alpha, now: new Date().toISOString() })
  })

  const put = (judged: readonly CampaignCell[]) => {
    const fresh = new Map(judged.map((cell) => [placeKey(cell), cell]))
    cells = withTiers(
      cells.map((cell) => fresh.get(placeKey(cell)) ?? cell),
      rules
    )
  }

  return {
    cells: () => cells,
    decided: () => cells.every(isDecided),
    look: Effect.fnUntraced(function* (runs, changed) {
      const judged: CampaignCell[] = []
      for (const place of places.filter(changed)) {
        const arms = yield* armsOf(place, runs)
        if (arms.every(({ records }) => records.length > 0)) judged.push((yield* judge(place, arms)).cell)
      }
      put(judged)
    }),
    conclude: Effect.fnUntraced(function* (runs) {
      const judged: CampaignCell[] = []
      for (const place of places) {
        const { cell, comparison } = yield* judge(place, yield* armsOf(place, runs))
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

/** A cell without a baseline that no limit is set for has nothing to decide. */
const isDecided = ({ outcome, baseline, usable }: CampaignCell): boolean =>
  outcome === null ? baseline === null && usable[1] > 0 : outcome !== "inconclusive"
