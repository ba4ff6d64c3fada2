import type { TokenParity } from "../domain/comparison.ts"
import { summarise } from "../math/PairStats.ts"
import { quantile } from "../math/quantile.ts"
import type { RunRecord } from "./Arms.ts"
import { compareGreedy, type GreedyComparison, type GreedySplit } from "./greedyParity.ts"
import { type NoiseFloor, noiseWords, withNoise } from "./noiseFloor.ts"
import { isJudged } from "./pairRuns.ts"
import { halfStepP99, isOnBf16Grid } from "./numberGrid.ts"
import type { ToleranceClass } from "./toleranceClass.ts"
import { addTracePair, makeTraceSums, type TraceComparison, type TraceSums } from "./tracePairs.ts"

/** Two runs that answer the same request. */
export interface RunPair {
  readonly case: string
  readonly baseline: RunRecord
  readonly candidate: RunRecord
}

/** What was measured of the token traces. */
export interface TokenMeasurement {
  readonly parity: TokenParity
  readonly notANumber: number
  readonly notALogprob: number
  readonly gross: number
  /** Whether each side's logprobs all lie on the bfloat16 grid. */
  readonly onBf16Grid: readonly [boolean, boolean]
  /** Traces that only one side recorded. */
  readonly untraced: number
  readonly traces: readonly TraceComparison[]
  /** Prompts and positions that were compared, each prompt once: to repeat one shows nothing new of the others. */
  readonly distinct: { readonly prompts: number; readonly positions: number }
  /** Greedy continuations that part. */
  readonly splits: readonly GreedySplit[]
}

/** Token parity of all pairs; null where no side recorded a trace or a greedy output. */
export const measureTokens = (
  pairs: readonly RunPair[],
  tolerance: ToleranceClass,
  noise: NoiseFloor | null
): TokenMeasurement | null => {
  const sums = makeTraceSums()
  const judge = isJudged(pairs)
  const judged = pairs.filter(judge)
  const added = judged.map((pair) => addTraces(sums, pair, tolerance))
  const traces = added.flatMap((one) => one.traces)
  const unjudged = pairs
    .filter((pair) => !judge(pair))
    .flatMap((pair) => addTraces(makeTraceSums(), pair, tolerance).traces)
  const untraced = added.reduce((sum, one) => sum + one.untraced, 0)
  const tau = nearTie(sums, tolerance)
  const greedy = judged.flatMap((pair) => compareGreedy(pair.case, pair.baseline, pair.candidate, tau) ?? [])
  if (traces.length === 0 && untraced === 0 && greedy.length === 0) return null
  return {
    parity: figures(sums, { traces, greedy, tolerance, noise }),
    notANumber: sums.pairs.notANumber,
    notALogprob: sums.pairs.notALogprob,
    gross: sums.gross,
    onBf16Grid: [isOnBf16Grid(sums.grids[0]), isOnBf16Grid(sums.grids[1])],
    untraced,
    traces: [...traces, ...unjudged],
    distinct: distinctOf(judged.map(({ baseline }, index) => [baseline.run.workloadHash, added[index]!.traces])),
    splits: greedy.flatMap((one) => one.split ?? [])
  }
}

const distinctOf = (compared: readonly (readonly [string, readonly TraceComparison[]])[]) => {
  const positions = new Map<string, number>()
  for (const [request, traces] of compared)
    for (const trace of traces) if (trace.positions > 0) positions.set(`${request} ${trace.trace}`, trace.positions)
  return { prompts: positions.size, positions: [...positions.values()].reduce((sum, count) => sum + count, 0) }
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

interface Measured {
  readonly traces: readonly TraceComparison[]
  readonly greedy: readonly GreedyComparison[]
  readonly tolerance: ToleranceClass
  readonly noise: NoiseFloor | null
}

const figures = (sums: TraceSums, { traces, greedy, tolerance, noise }: Measured): TokenParity => {
  const { row, source } = tolerance
  const { n, maxAbs, meanAbs, rms, p99Abs } = summarise(sums.pairs)
  const perTop = (sum: number): number | null => (sums.topPositions === 0 ? null : sum / sums.topPositions)
  const steps = gridSteps(sums)
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
      value: withNoise(row.p99 + steps, noise),
      source: `${source}${steps > 0 ? "; plus half a bfloat16 step for each side on that grid" : ""}${noiseWords(noise)}`
    },
    supportMismatch: sums.pairs.supportMismatch
  }
}

/** What storing values on the bfloat16 grid adds, on each side that does. */
const gridSteps = ({ grids }: TraceSums): number =>
  grids.filter(isOnBf16Grid).reduce((sum, grid) => sum + halfStepP99(grid), 0)

/**
 * The largest change of log-odds that still counts as a tie: the class's, or what nearly all prompt positions with
 * the same best token show. A prompt that is itself beyond the tolerance excuses nothing.
 */
const nearTie = (sums: TraceSums, { row }: ToleranceClass): number => {
  const { sizes, sumAbs, sumSquares } = sums.pairs
  const n = sizes.length()
  const isWithin = sumAbs <= n * row.mean && sumSquares <= n * row.rms ** 2
  const seen = isWithin ? quantile(sums.swings.values(), 0.999) : null
  return Math.max(row.nearTie + gridSteps(sums), seen ?? 0)
}
