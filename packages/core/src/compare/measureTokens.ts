import type { TokenParity } from "../domain/comparison.ts"
import { quantile } from "../math/quantile.ts"
import type { RunRecord } from "./Arms.ts"
import { compareGreedy, type GreedyComparison } from "./greedyParity.ts"
import type { TokenMeasurement } from "./Measurement.ts"
import type { ToleranceClass } from "./toleranceClass.ts"
import {
  addTracePair,
  emptyTraceParity,
  halfStepP99,
  isOnBf16Grid,
  type TraceComparison,
  type TraceParitySums
} from "./TraceParity.ts"

/** Two runs that answer the same request. */
export interface RunPair {
  readonly case: string
  readonly baseline: RunRecord
  readonly candidate: RunRecord
}

/** Token parity of all pairs; null where no side recorded a trace or a greedy output. */
export const measureTokens = (pairs: readonly RunPair[], tolerance: ToleranceClass): TokenMeasurement | null => {
  const sums = emptyTraceParity()
  const traces: TraceComparison[] = []
  const greedy: GreedyComparison[] = []
  let untraced = 0
  for (const pair of pairs) {
    const added = addTraces(sums, pair, tolerance)
    traces.push(...added.traces)
    untraced += added.untraced
    const compared = compareGreedy(pair.case, pair.baseline, pair.candidate, tolerance.row.nearTie)
    if (compared !== null) greedy.push(compared)
  }
  if (traces.length === 0 && untraced === 0 && greedy.length === 0) return null
  return {
    parity: figures(sums, traces, greedy, tolerance),
    notANumber: sums.notANumber,
    notALogprob: sums.notALogprob,
    gross: sums.gross,
    untraced,
    traces,
    splits: greedy.flatMap((one) => one.split ?? [])
  }
}

const addTraces = (
  sums: TraceParitySums,
  { case: name, baseline, candidate }: RunPair,
  tolerance: ToleranceClass
): { readonly traces: readonly TraceComparison[]; readonly untraced: number } => {
  const others = new Map(candidate.traces.map((trace) => [trace.case, trace]))
  const traces = baseline.traces.flatMap((trace) => {
    const other = others.get(trace.case)
    if (other === undefined) return []
    return addTracePair(sums, { case: name, trace: trace.case }, trace, other, tolerance.row.gross)
  })
  return { traces, untraced: baseline.traces.length + candidate.traces.length - 2 * traces.length }
}

const figures = (
  sums: TraceParitySums,
  traces: readonly TraceComparison[],
  greedy: readonly GreedyComparison[],
  { row, source }: ToleranceClass
): TokenParity => {
  const n = sums.deltas.length()
  const mean = (sum: number, count: number): number | null => (count === 0 ? null : sum / count)
  const steps = sums.grid.filter(isOnBf16Grid).reduce((sum, grid) => sum + halfStepP99(grid), 0)
  return {
    positions: n,
    prompts: traces.filter((trace) => trace.positions > 0).length,
    maxAbsDeltaLogprob: n === 0 ? null : sums.maxAbs,
    meanAbsDeltaLogprob: mean(sums.sumAbs, n),
    rmsDeltaLogprob: n === 0 ? null : Math.sqrt(sums.sumSquares / n),
    p99AbsDeltaLogprob: quantile(sums.deltas.values(), 0.99),
    top1Agreement: mean(sums.topEqual, sums.topPositions),
    klLowerBound: mean(sums.kl, sums.topPositions),
    coverage: mean(sums.coverage, sums.topPositions),
    greedy: { prompts: greedy.length, equal: greedy.filter((one) => one.equal).length },
    tolerance: {
      value: row.p99 + steps,
      source: steps > 0 ? `${source}, with half a bfloat16 step for each side on the bfloat16 grid` : source
    },
    supportMismatch: sums.supportMismatch
  }
}
