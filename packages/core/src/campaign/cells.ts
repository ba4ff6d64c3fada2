import type { CampaignCell } from "../domain/campaign.ts"
import { cellKey, type Plan, type PlannedRun } from "../domain/plan.ts"
import { caseNamed, type Suite } from "../domain/suite.ts"

/** What a cell compares. */
export type CellPlace = Pick<CampaignCell, "case" | "point" | "baseline" | "candidate">

interface Asked {
  readonly suite: Suite
  readonly plan: Plan
  readonly backends: readonly string[]
  readonly against: string | null
}

/**
 * The cells of a campaign: every other backend against the first, or each against a stored baseline of its own. A
 * backend that is alone is measured, and held to limits where gates name some.
 */
export const placesOf = ({ suite, plan, backends, against }: Asked): readonly CellPlace[] => {
  const measured = plan.runs.filter(({ phase }) => phase === "measured")
  const cells = Map.groupBy(measured, (run) => cellKey(fileCase(suite, run.case), run.point))
  const [first = "", ...others] = backends
  return [...cells.values()].flatMap((runs) => {
    const [{ case: name, point }] = runs as [PlannedRun]
    const baseline = against ?? (others.length === 0 ? null : first)
    const candidates = against !== null || others.length === 0 ? backends : others
    return candidates
      .filter((candidate) => runs.some(({ backend }) => backend === candidate))
      .map((candidate) => ({ case: fileCase(suite, name), point, baseline, candidate }))
  })
}

/** Names the arm that the runs of a place on a backend make. */
export const armKey = ({ case: name, point }: Pick<CellPlace, "case" | "point">, backend: string): string =>
  `${cellKey(name, point)}/${backend}`

/** Names the arm that a planned run belongs to. */
export const armOf = (
  suite: Pick<Suite, "cases">,
  { case: name, point, backend }: Pick<PlannedRun, "case" | "point" | "backend">
): string => armKey({ case: fileCase(suite, name), point }, backend)

/** The case of the suite's file that a planned case comes from. */
export const fileCase = (suite: Pick<Suite, "cases">, name: string): string => caseNamed(suite, name)?.of ?? name

export const placeKey = (place: CellPlace): string => armKey(place, place.candidate)
