import type { Plan } from "../domain/plan.ts"
import type { Suite } from "../domain/suite.ts"
import { blocksOf } from "./blocks.ts"
import { fitBudget } from "./budget.ts"
import { cellsOf } from "./cells.ts"
import { estimateMs, type History } from "./estimate.ts"
import type { PlanBackend } from "./PlanBackend.ts"
import { runsOf } from "./runsOf.ts"
import { stopsOf } from "./stops.ts"

export interface PlanInput {
  readonly suite: Suite
  /** The baseline first. */
  readonly backends: readonly PlanBackend[]
  /** How long the run of a key took in earlier campaigns of the suite, as their median. */
  readonly history: History
}

/** How many measured runs the whole suite asks for on these backends, without a budget. */
export const runsAsked = ({ suite, backends }: Omit<PlanInput, "history">): number =>
  cellsOf(suite, backends).cells.reduce((sum, { arms }) => sum + arms.length * suite.repeats, 0)

/** A plan is one record, and is shown as one. */
export const mostRuns = 100_000

/**
 * What a campaign of the suite on these backends does, in order. Pure: the same input gives the same plan.
 *
 * A block holds one repeat of everything, and the arms of a case at a point run one right after the other in it. Where the
 * studio starts the servers of several of them, of which one is up at a time, a server's runs are together instead.
 */
export const planSuite = ({ suite, backends, history }: PlanInput): Plan => {
  const { cells, skipped } = cellsOf(suite, backends)
  const { kept, cut } = fitBudget(suite.budget.runs, runsOf(suite, blocksOf(suite, stopsOf(suite, cells))))
  return {
    suite: suite.suite,
    seed: suite.order.seed,
    runs: kept,
    estimateMs: estimateMs(kept, history),
    skipped: [...skipped, ...cut]
  }
}
