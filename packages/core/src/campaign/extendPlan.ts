import type { CampaignCell } from "../domain/campaign.ts"
import { cellKey, type Plan } from "../domain/plan.ts"
import type { Suite } from "../domain/suite.ts"
import { fileCase } from "./cells.ts"
import { isOpenToRepeats } from "./isOpenToRepeats.ts"

/** The plan with more repeats of the cells that they could decide; `longer` is the same plan with more blocks. */
export const extendPlan = (
  suite: Pick<Suite, "cases">,
  plan: Plan,
  longer: Plan,
  cells: readonly CampaignCell[]
): Plan => {
  const keys = new Set(plan.runs.map(({ key }) => key))
  const open = new Set(cells.filter(isOpenToRepeats).map((cell) => cellKey(cell.case, cell.point)))
  const lastBlock = plan.runs.reduce((last, { block }) => Math.max(last, block), 0)
  const more = longer.runs.filter(
    (run) => run.block > lastBlock && !keys.has(run.key) && open.has(cellKey(fileCase(suite, run.case), run.point))
  )
  const skipped = new Set(plan.skipped.map(({ key }) => key))
  const cut = longer.skipped.filter(({ key }) => !skipped.has(key))
  return { ...plan, runs: [...plan.runs, ...more], skipped: [...plan.skipped, ...cut] }
}
