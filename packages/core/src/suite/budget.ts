import { cellKey, type PlannedRun, type SkippedRun } from "../domain/plan.ts"

/** What fits into a number of runs, and what does not. */
export interface Fitted {
  readonly kept: readonly PlannedRun[]
  readonly cut: readonly SkippedRun[]
}

/**
 * Cuts whole blocks from the end, so that every arm loses as many runs. Where not even the first block fits, it keeps the
 * cells at its beginning whose arms all fit.
 */
export const fitBudget = (limit: number | null, runs: readonly PlannedRun[]): Fitted => {
  if (limit === null || runs.length <= limit) return { kept: runs, cut: [] }
  const following = runs[limit]!.block
  const kept = following > 1 ? runs.filter(({ block }) => block < following) : wholeCells(limit, runs)
  const keys = new Set(kept.map(({ key }) => key))
  const reason = `beyond the budget of ${limit} ${limit === 1 ? "run" : "runs"}`
  return { kept, cut: runs.filter(({ key }) => !keys.has(key)).map(({ key }) => ({ key, reason })) }
}

const wholeCells = (limit: number, runs: readonly PlannedRun[]): readonly PlannedRun[] => {
  const first = runs.filter(({ block }) => block === 1)
  const sizes = new Map<string, number>()
  for (const run of first) sizes.set(cellOf(run), (sizes.get(cellOf(run)) ?? 0) + 1)
  const chosen = new Set<string>()
  let size = 0
  for (const [cell, more] of sizes) {
    size += more
    if (size > limit) break
    chosen.add(cell)
  }
  return first.filter((run) => chosen.has(cellOf(run))).map((run, index) => ({ ...run, position: index + 1 }))
}

const cellOf = (run: PlannedRun): string => cellKey(run.case, run.point)
