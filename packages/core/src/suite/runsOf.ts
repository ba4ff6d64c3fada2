import { cellKey, type PlannedRun, type RunPhase } from "../domain/plan.ts"
import type { Suite } from "../domain/suite.ts"
import type { Block } from "./blocks.ts"
import type { PlanBackend } from "./PlanBackend.ts"
import type { Stop, Unit } from "./stops.ts"

/**
 * The runs of the blocks, numbered, with the warm-up runs: they come right before the first measured runs of their case at
 * their point, once for each backend, and once more after each start of a server that the studio starts.
 */
export const runsOf = (suite: Suite, blocks: readonly Block[]): readonly PlannedRun[] => {
  const firstOf = new Map(suite.cases.toReversed().map(({ of, name }) => [of, name]))
  const warm = new Set<string>()
  const warmups = new Map<string, number>()
  /** How often the server of each backend has been started. */
  const starts = new Map<string, number>()
  let up: string | null = null

  const arrive = ({ place }: Stop): void => {
    if (place._tag === "anywhere") return
    const wanted = place._tag === "server" ? place.key : null
    if (place._tag === "server" && (up !== wanted || suite.order.restart !== "never"))
      starts.set(place.backend, (starts.get(place.backend) ?? 0) + 1)
    up = wanted
  }
  const warmUp = ({ cell, arms }: Unit): readonly Draft[] => {
    const name = firstOf.get(cell.case.of) ?? cell.case.name
    return arms.flatMap((backend) => {
      const series = `${cellKey(name, cell.point)}/${backend.name}`
      const state = `${series}/${starts.get(backend.name) ?? 0}`
      if (warm.has(state)) return []
      warm.add(state)
      const done = warmups.get(series) ?? 0
      warmups.set(series, done + suite.warmup)
      return Array.from({ length: suite.warmup }, (_, index) =>
        draft(name, cell.point, backend, "warmup", done + index + 1)
      )
    })
  }
  return blocks.flatMap((stops, index) => {
    const block = index + 1
    const drafts = stops.flatMap((stop) => {
      arrive(stop)
      return stop.units.flatMap((unit) => [
        ...warmUp(unit),
        ...unit.arms.map((backend) => draft(unit.cell.case.name, unit.cell.point, backend, "measured", block))
      ])
    })
    return drafts.map(({ phase, ...run }, at) => ({ ...run, block, position: at + 1, phase }))
  })
}

type Draft = Omit<PlannedRun, "block" | "position">

const draft = (
  name: string,
  point: PlannedRun["point"],
  { name: backend }: PlanBackend,
  phase: RunPhase,
  repeat: number
): Draft => ({
  key: `${cellKey(name, point)}/${backend}/${phase === "warmup" ? "warmup-" : ""}${repeat}`,
  case: name,
  point,
  backend,
  repeat,
  phase
})
