import type { TraceColumns } from "../domain/traceColumns.ts"
import { onBf16Grid } from "../math/bf16.ts"
import { type Float64Buffer, makeFloat64Buffer } from "../math/Float64Buffer.ts"
import { topkKl } from "../math/topkKl.ts"
import { binade } from "../math/ulp.ts"
import { type Alignment, alignIds } from "./alignIds.ts"

/** What one side's logprobs say of their number format. */
export interface GridCount {
  finite: number
  onGrid: number
  /** Count of |logprob| by binade; index 0 is 2^-32 and below. */
  readonly binades: Float64Array
}

/** Running sums over all prompt positions of one baseline and one candidate; see `TokenParity` for the figures. */
export interface TraceParitySums {
  readonly deltas: Float64Buffer
  sum: number
  sumAbs: number
  sumSquares: number
  maxAbs: number
  /** Positions above `gross` on a token that either side finds likely. */
  gross: number
  skippedNull: number
  bothImpossible: number
  /** Impossible for one side only, or without a value on one side only. */
  supportMismatch: number
  notANumber: number
  notALogprob: number
  topPositions: number
  topEqual: number
  kl: number
  coverage: number
  readonly grid: readonly [GridCount, GridCount]
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

export const emptyTraceParity = (): TraceParitySums => ({
  deltas: makeFloat64Buffer(),
  sum: 0,
  sumAbs: 0,
  sumSquares: 0,
  maxAbs: 0,
  gross: 0,
  skippedNull: 0,
  bothImpossible: 0,
  supportMismatch: 0,
  notANumber: 0,
  notALogprob: 0,
  topPositions: 0,
  topEqual: 0,
  kl: 0,
  coverage: 0,
  grid: [emptyGrid(), emptyGrid()]
})

/**
 * Adds one prompt's teacher-forced positions to the sums: the same ids on both sides, so that every position is
 * the same question. Where the ids part, only what still has an equal left context counts.
 */
export const addTracePair = (
  sums: TraceParitySums,
  name: { readonly case: string; readonly trace: string },
  baseline: TraceColumns,
  candidate: TraceColumns,
  gross: number
): TraceComparison => {
  const aLength = Math.min(baseline.promptLength, baseline.length)
  const bLength = Math.min(candidate.promptLength, candidate.length)
  const alignment = alignIds(baseline.ids, aLength, candidate.ids, bLength)
  const by = alignment.kind === "shift" ? alignment.by : 0
  const from = Math.max(0, -by)
  const to = "common" in alignment ? alignment.common : Math.min(aLength, bLength - by)
  const before = sums.deltas.length()
  let maxAbs = 0
  let maxAt: number | null = null
  for (let i = from; i < to; i++) {
    const delta = addPosition(sums, baseline.logprobs[i]!, candidate.logprobs[i + by]!, i === from, by !== 0, gross)
    if (Number.isNaN(delta)) continue
    if (maxAt === null || delta > maxAbs) {
      maxAbs = delta
      maxAt = i
    }
  }
  addTops(sums, baseline, candidate, from, to, by)
  return { ...name, alignment, positions: sums.deltas.length() - before, maxAbs, maxAt, baseline, candidate }
}

/** Upstream engines write "impossible" as -Infinity or as the lowest finite number of their format. */
const lowest = -1e30
const likely = Math.log(0.05)

/** Returns |delta|, or NaN where this position has none. */
const addPosition = (
  sums: TraceParitySums,
  rawA: number,
  rawB: number,
  isFirst: boolean,
  isShifted: boolean,
  gross: number
): number => {
  if (Number.isNaN(rawA) || Number.isNaN(rawB)) {
    if (!isFirst) sums.notANumber++
    else if ((Number.isNaN(rawA) && Number.isNaN(rawB)) || isShifted) sums.skippedNull++
    else sums.supportMismatch++
    return NaN
  }
  if (rawA > 1e-3 || rawB > 1e-3) {
    sums.notALogprob++
    return NaN
  }
  if (rawA <= lowest || rawB <= lowest) {
    if (rawA <= lowest && rawB <= lowest) sums.bothImpossible++
    else sums.supportMismatch++
    return NaN
  }
  addToGrid(sums.grid[0], rawA)
  addToGrid(sums.grid[1], rawB)
  const a = Math.min(rawA, 0)
  const b = Math.min(rawB, 0)
  const delta = b - a
  const size = Math.abs(delta)
  sums.deltas.push(size)
  sums.sum += delta
  sums.sumAbs += size
  sums.sumSquares += delta * delta
  if (size > sums.maxAbs) sums.maxAbs = size
  if (size > gross && Math.max(a, b) >= likely) sums.gross++
  return size
}

const addTops = (
  sums: TraceParitySums,
  { top: a }: TraceColumns,
  { top: b }: TraceColumns,
  from: number,
  to: number,
  by: number
): void => {
  if (a === null || b === null) return
  const bounds = { klLowerBound: 0, coverage: 0 }
  for (let i = from; i < to; i++) {
    const rowA = i * a.k
    const rowB = (i + by) * b.k
    if (a.ids[rowA] === -1 || b.ids[rowB] === -1) continue
    sums.topPositions++
    if (a.ids[rowA] === b.ids[rowB]) sums.topEqual++
    topkKl(a, rowA, b, rowB, bounds)
    sums.kl += bounds.klLowerBound
    sums.coverage += bounds.coverage
  }
}

const emptyGrid = (): GridCount => ({ finite: 0, onGrid: 0, binades: new Float64Array(64) })

const addToGrid = (grid: GridCount, logprob: number): void => {
  grid.finite++
  if (onBf16Grid(logprob)) grid.onGrid++
  const slot = logprob === 0 ? 0 : Math.min(63, Math.max(0, binade(logprob) + 32))
  grid.binades[slot]!++
}

/** Every value on the grid by chance has probability 2^-16 each, so 32 of them are beyond doubt. */
export const isOnBf16Grid = ({ finite, onGrid }: GridCount): boolean => finite >= 32 && onGrid >= 0.99 * finite

/** 99th percentile of half a bfloat16 step at this side's values. */
export const halfStepP99 = ({ binades, finite }: GridCount): number => {
  let above = 0
  for (let slot = binades.length - 1; slot >= 0; slot--) {
    above += binades[slot]!
    if (above > 0.01 * finite) return 2 ** (slot - 32 - 7 - 1)
  }
  return 0
}
