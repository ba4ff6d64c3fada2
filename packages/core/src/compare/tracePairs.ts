import type { TraceColumns } from "../domain/traceColumns.ts"
import { type Float64Buffer, makeFloat64Buffer } from "../math/Float64Buffer.ts"
import { addPair, makePairStats, type PairStats } from "../math/PairStats.ts"
import { makeTopkKl, topkKl } from "../math/topkKl.ts"
import { type Alignment, alignIds } from "./alignIds.ts"
import { addToGrid, makeNumberGrid, type NumberGrid } from "./numberGrid.ts"

/** Running sums over the prompt positions of one baseline and one candidate: traces may come one after another. */
export interface TraceSums {
  readonly pairs: PairStats
  /** Deltas beyond the gross limit on a token that either side finds likely. */
  gross: number
  /** Positions at which both sides listed their best tokens; the sums below are over these. */
  topPositions: number
  topEqual: number
  kl: number
  coverage: number
  /** |change of log-odds| between the two best tokens, where the sides agree on the best. */
  readonly swings: Float64Buffer
  readonly grids: readonly [NumberGrid, NumberGrid]
}

/** What one prompt contributed. */
export interface TraceComparison {
  readonly case: string
  readonly trace: string
  readonly alignment: Alignment
  readonly positions: number
  readonly maxAbs: number
  /** Position of the largest delta in the baseline's trace; null where nothing was compared. */
  readonly maxAt: number | null
  readonly baseline: TraceColumns
  readonly candidate: TraceColumns
}

export const makeTraceSums = (): TraceSums => ({
  pairs: makePairStats(),
  gross: 0,
  topPositions: 0,
  topEqual: 0,
  kl: 0,
  coverage: 0,
  swings: makeFloat64Buffer(),
  grids: [makeNumberGrid(), makeNumberGrid()]
})

/**
 * Adds one prompt's teacher-forced positions: the same ids on both sides, so that every position asks the same
 * question. Where the ids part, only what still has an equal left context counts.
 */
export const addTracePair = (
  sums: TraceSums,
  name: { readonly case: string; readonly trace: string },
  baseline: TraceColumns,
  candidate: TraceColumns,
  gross: number
): TraceComparison => {
  const lengthA = Math.min(baseline.promptLength, baseline.length)
  const lengthB = Math.min(candidate.promptLength, candidate.length)
  const alignment = alignIds(baseline.ids, lengthA, candidate.ids, lengthB)
  const by = alignment.kind === "shift" ? alignment.by : 0
  // After a shift the first shared token has a context on one side only: there is nothing to compare.
  const from = alignment.kind === "shift" ? Math.max(1, 1 - by) : 0
  const to = "common" in alignment ? alignment.common : Math.min(lengthA, lengthB - by)
  const before = sums.pairs.sizes.length()
  let maxAbs = 0
  let maxAt: number | null = null
  for (let i = from; i < to; i++) {
    const a = baseline.logprobs[i]!
    const b = candidate.logprobs[i + by]!
    const size = addPair(sums.pairs, a, b, i === 0)
    if (Number.isNaN(size)) continue
    addToGrid(sums.grids[0], a)
    addToGrid(sums.grids[1], b)
    if (size > gross && Math.max(a, b) >= likely) sums.gross++
    if (maxAt !== null && size <= maxAbs) continue
    maxAbs = size
    maxAt = i
  }
  addTops(sums, baseline, candidate, from, to, by)
  return { ...name, alignment, positions: sums.pairs.sizes.length() - before, maxAbs, maxAt, baseline, candidate }
}

const likely = Math.log(0.05)

const addTops = (
  sums: TraceSums,
  { top: a }: TraceColumns,
  { top: b }: TraceColumns,
  from: number,
  to: number,
  by: number
): void => {
  if (a === null || b === null) return
  const bounds = makeTopkKl()
  for (let i = from; i < to; i++) {
    const rowA = i * a.k
    const rowB = (i + by) * b.k
    if (a.ids[rowA] === -1 || b.ids[rowB] === -1) continue
    sums.topPositions++
    if (a.ids[rowA] === b.ids[rowB]) {
      sums.topEqual++
      // The second best nearly always has the same rank; where it has not, its gap is no near tie.
      if (a.k > 1 && b.k > 1 && a.ids[rowA + 1] !== -1 && a.ids[rowA + 1] === b.ids[rowB + 1]) {
        const gapA = a.logprobs[rowA]! - a.logprobs[rowA + 1]!
        const gapB = b.logprobs[rowB]! - b.logprobs[rowB + 1]!
        sums.swings.push(Math.abs(gapA - gapB))
      }
    }
    topkKl(a, rowA, b, rowB, bounds)
    sums.kl += bounds.klLowerBound
    sums.coverage += bounds.coverage
  }
}
