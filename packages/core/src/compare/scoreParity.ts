import type { ScoreResult } from "../domain/run.ts"
import { kendallTauB } from "../math/kendallTauB.ts"
import type { ToleranceRow } from "./toleranceClass.ts"

/** The item at which two score tables of one request are furthest apart. */
export interface WorstItem {
  readonly item: number
  readonly label: number
  readonly values: readonly [number, number]
  readonly delta: number
}

/** One score request of one baseline and one candidate. */
export interface ScoreComparison {
  readonly case: string
  readonly items: number
  readonly worst: WorstItem | null
  /** Largest |batched - one by one| on the baseline and on the candidate; null where it was not measured. */
  readonly batchedVsSingle: readonly [WorstItem | null, WorstItem | null]
  /** The same in nats, |ln batched - ln one by one|: it shows where every label is improbable, too. */
  readonly batchedVsSingleLog: readonly [WorstItem | null, WorstItem | null]
  /** Candidate against baseline, both one by one. */
  readonly worstOneByOne: WorstItem | null
  readonly rankFlip: boolean
  /** A flip of two items that the baseline holds further apart than twice the tolerance. */
  readonly unexplainedFlip: boolean
  readonly top1Flip: boolean
  readonly tauB: number | null
  /** Tables of other shapes, or scores that are no numbers: nothing of this request can be trusted. */
  readonly broken: string | null
}

export const compareScores = (
  name: string,
  baseline: ScoreResult,
  candidate: ScoreResult,
  tolerance: number
): ScoreComparison => {
  const broken = whyBroken(baseline, candidate)
  const a = baseline.scores.map((row) => row[0]!)
  const b = candidate.scores.map((row) => row[0]!)
  const comparable = broken === null
  return {
    case: name,
    items: baseline.scores.length,
    worst: comparable ? worstOf(baseline.scores, candidate.scores) : null,
    batchedVsSingle: comparable ? [againstSingle(baseline), againstSingle(candidate)] : [null, null],
    batchedVsSingleLog: comparable ? [logAgainstSingle(baseline), logAgainstSingle(candidate)] : [null, null],
    worstOneByOne:
      comparable &&
      baseline.oneByOne !== null &&
      candidate.oneByOne !== null &&
      isTable(baseline.oneByOne, candidate.oneByOne)
        ? worstOf(baseline.oneByOne, candidate.oneByOne)
        : null,
    rankFlip: comparable && hasFlip(a, b, 0),
    unexplainedFlip: comparable && hasFlip(a, b, 2 * tolerance),
    top1Flip: comparable && isTop1Flip(a, b),
    tauB: comparable ? kendallTauB(a, b) : null,
    broken
  }
}

/** Where one side's batch gives other scores than its items one by one; null where it does not, or was not asked. */
export const batchFault = (
  { batchedVsSingle, batchedVsSingleLog }: Pick<ScoreComparison, "batchedVsSingle" | "batchedVsSingleLog">,
  side: 0 | 1,
  row: ToleranceRow
): BatchFault | null => {
  const worst = batchedVsSingle[side]
  const log = batchedVsSingleLog[side]
  if (worst !== null && worst.delta > row.score) return { worst, nats: log?.delta ?? null }
  return log !== null && log.delta > row.gross ? { worst: log, nats: log.delta } : null
}

/** The worst item, by probability where that is beyond the tolerance, else by its logarithm. */
export interface BatchFault {
  readonly worst: WorstItem
  readonly nats: number | null
}

/** Whether two tables of the same side are further apart than its number format explains. */
export const isApart = (a: ScoreTable, b: ScoreTable, row: ToleranceRow): boolean =>
  !isTable(a, b) || (worstOf(a, b)?.delta ?? 0) > row.score || (worstOf(logsOf(a), logsOf(b))?.delta ?? 0) > row.gross

type ScoreTable = readonly (readonly number[])[]

const logsOf = (table: ScoreTable): ScoreTable => table.map((row) => row.map(Math.log))

/** True where some item that `a` puts more than `gap` above another stands strictly below it in `b`. */
const hasFlip = (a: readonly number[], b: readonly number[], gap: number): boolean => {
  const order = a.map((_, item) => item).sort((i, j) => a[j]! - a[i]!)
  let leading = 0
  let leastAbove = Infinity
  for (const item of order) {
    while (a[order[leading]!]! - a[item]! > gap) leastAbove = Math.min(leastAbove, b[order[leading++]!]!)
    if (b[item]! > leastAbove) return true
  }
  return false
}

/** No item is best, or tied for best, on both sides. */
const isTop1Flip = (a: readonly number[], b: readonly number[]): boolean => {
  const bestA = a.reduce((best, score) => Math.max(best, score), -Infinity)
  const bestB = b.reduce((best, score) => Math.max(best, score), -Infinity)
  return a.length > 0 && !a.some((score, item) => score === bestA && b[item] === bestB)
}

const againstSingle = ({ scores, oneByOne }: ScoreResult): WorstItem | null =>
  oneByOne === null || !isTable(oneByOne, scores) ? null : worstOf(scores, oneByOne)

/** Found by logarithms, told by the scores themselves. */
const logAgainstSingle = ({ scores, oneByOne }: ScoreResult): WorstItem | null => {
  if (oneByOne === null || !isTable(oneByOne, scores)) return null
  const worst = worstOf(logsOf(scores), logsOf(oneByOne))
  if (worst === null) return null
  const { item, label } = worst
  return { ...worst, values: [scores[item]![label]!, oneByOne[item]![label]!] }
}

const worstOf = (a: readonly (readonly number[])[], b: readonly (readonly number[])[]): WorstItem | null => {
  let worst: WorstItem | null = null
  for (const [item, row] of a.entries()) {
    for (const [label, value] of row.entries()) {
      const other = b[item]![label]!
      const delta = Math.abs(other - value)
      // A probability of zero has no logarithm to compare.
      if (!Number.isFinite(delta)) continue
      if (worst === null || delta > worst.delta) worst = { item, label, values: [value, other], delta }
    }
  }
  return worst
}

const whyBroken = (a: ScoreResult, b: ScoreResult): string | null => {
  if (!isTable(a.scores, b.scores)) return "the score tables have other shapes"
  const tables = [a.scores, b.scores, a.oneByOne ?? [], b.oneByOne ?? []]
  return tables.flat(2).every(Number.isFinite) ? null : "a score is not a finite number"
}

const isTable = (a: readonly (readonly number[])[], b: readonly (readonly number[])[]): boolean =>
  a.length === b.length && a.every((row, item) => row.length === b[item]!.length)
