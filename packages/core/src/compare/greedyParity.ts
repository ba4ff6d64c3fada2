import type { TraceColumns } from "../domain/traceColumns.ts"
import { type DivergenceClass, divergenceClass } from "../math/divergenceClass.ts"
import { firstDivergence } from "../math/firstDivergence.ts"
import { isImpossible } from "../math/PairStats.ts"
import type { RunRecord } from "./Arms.ts"

/** The first token at which two greedy continuations of one prompt part. */
export interface GreedySplit {
  readonly case: string
  /** Trace that holds the split; null where a side recorded none. */
  readonly trace: string | null
  /** Generated tokens before the split. */
  readonly index: number
  /** Position in the trace: prompt tokens included. */
  readonly position: number
  /** Null: this side ended here. */
  readonly tokens: readonly [number | null, number | null]
  readonly class: DivergenceClass | null
}

export interface GreedyComparison {
  readonly equal: boolean
  readonly split: GreedySplit | null
}

/** Null where the runs are no greedy generations, or a side has no output. */
export const compareGreedy = (
  name: string,
  baseline: RunRecord,
  candidate: RunRecord,
  tau: number
): GreedyComparison | null => {
  if (!("generate" in baseline.run.request) || baseline.run.request.generate.temperature !== 0) return null
  if (baseline.run.request.generate.maxNewTokens === 0) return null
  const a = continuation(baseline)
  const b = continuation(candidate)
  if (a === null || b === null) return null
  const { index } = firstDivergence(a.ids, b.ids)
  if (index === null) return { equal: true, split: null }
  const tokens = [a.ids[index] ?? null, b.ids[index] ?? null] as const
  return {
    equal: false,
    split: {
      case: name,
      trace: a.trace?.case ?? null,
      index,
      position: (a.trace?.promptLength ?? 0) + index,
      tokens,
      class: classify(a.trace, b.trace, index, tokens, tau)
    }
  }
}

interface Continuation {
  readonly ids: ArrayLike<number>
  readonly trace: TraceColumns | null
}

/** The traced tokens where there are any: some engines leave special tokens out of their output ids. */
const continuation = ({ run, traces }: RunRecord): Continuation | null => {
  const trace = traces.find((columns) => columns.length > columns.promptLength) ?? null
  if (trace !== null) return { ids: trace.ids.subarray(trace.promptLength, trace.length), trace }
  return run.output === null ? null : { ids: run.output.tokenIds, trace: null }
}

const classify = (
  a: TraceColumns | null,
  b: TraceColumns | null,
  index: number,
  [tokenA, tokenB]: readonly [number | null, number | null],
  tau: number
): DivergenceClass | null =>
  a === null || b === null || tokenA === null || tokenB === null
    ? null
    : divergenceClass(known(a, a.promptLength + index), known(b, b.promptLength + index), tokenA, tokenB, tau)

/** Every logprob that a trace knows at a position: its top list and the token that was chosen; impossible ones left out. */
export const known = (trace: TraceColumns, position: number): ReadonlyMap<number, number> => {
  const logprobs = new Map<number, number>()
  const add = (id: number, logprob: number): void => {
    if (id !== -1 && !Number.isNaN(logprob) && !isImpossible(logprob)) logprobs.set(id, logprob)
  }
  add(trace.ids[position]!, trace.logprobs[position]!)
  for (let slot = 0; trace.top !== null && slot < trace.top.k; slot++) {
    const at = position * trace.top.k + slot
    add(trace.top.ids[at]!, trace.top.logprobs[at]!)
  }
  return logprobs
}
