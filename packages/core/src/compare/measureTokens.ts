import type { TokenParity } from "../domain/comparison.ts"
import { summarise } from "../math/PairStats.ts"
import type { RunRecord } from "./Arms.ts"
import { compareGreedy, type GreedyComparison } from "./greedyParity.ts"
import type { TokenMeasurement } from "./Measurement.ts"
import { halfStepP99, isOnBf16Grid } from "./numberGrid.ts"
import type { ToleranceClass } from "./toleranceClass.ts"
import { addTracePair, makeTraceSums, type TraceComparison, type TraceSums } from "./tracePairs.ts"

/** Two runs that answer the same request. */
export interface RunPair {
  readonly case: string
  readonly baseline: RunRecord
  readonly candidate: RunRecord
}

/** Token parity of all pairs; null where no side recorded a trace or a greedy output. */
export const measureTokens = (pairs: readonly RunPair[], tolerance: ToleranceClass): TokenMeasurement | null => {
  const sums = makeTraceSums()
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
    notANumber: sums.pairs.notANumber,
    notALogprob: sums.pairs.notALogprob,
    gross: sums.gross,
    untraced,
    traces,
    splits: greedy.flatMap((one) => one.split ?? [])
  }
}

const addTraces = (
  sums: TraceSums,
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
  sums: TraceSums,
  traces: readonly TraceComparison[],
  greedy: readonly GreedyComparison[],
  { row, source }: ToleranceClass
): TokenParity => {
  const { n, maxAbs, meanAbs, rms, p99Abs } = summarise(sums.pairs)
  const perTop = (sum: number): number | null => (sums.topPositions === 0 ? null : sum / sums.topPositions)
  const steps = sums.grids.filter(isOnBf16Grid).reduce((sum, grid) => sum + halfStepP99(grid), 0)
  return {
    positions: n,
    prompts: traces.filter((trace) => trace.positions > 0).length,
    maxAbsDeltaLogprob: maxAbs,
    meanAbsDeltaLogprob: meanAbs,
    rmsDeltaLogprob: rms,
    p99AbsDeltaLogprob: p99Abs,
    top1Agreement: perTop(sums.topEqual),
    klLowerBound: perTop(sums.kl),
    coverage: perTop(sums.coverage),
    greedy: { prompts: greedy.length, equal: greedy.filter((one) => one.equal).length },
    tolerance: {
      value: row.p99 + steps,
      source: steps > 0 ? `${source}, with half a bfloat16 step for each side on the bfloat16 grid` : source
    },
    supportMismatch: sums.pairs.supportMismatch
  }
}
