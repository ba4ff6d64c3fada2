import type { SendKind } from "../domain/resend.ts"
import type { TraceColumns } from "../domain/traceColumns.ts"
import { quantile } from "../math/quantile.ts"
import type { ArmRecords, RunRecord } from "./Arms.ts"
import type { Continuation } from "./continuations.ts"
import { addContinuation } from "./crossScoring.ts"
import { compareGreedy } from "./greedyParity.ts"
import { caseName } from "./pairRuns.ts"
import { compareScores, isApart } from "./scoreParity.ts"
import { sideOf, toleranceClass, type ToleranceRow } from "./toleranceClass.ts"
import { addTracePair, makeTraceSums, type TraceSums } from "./tracePairs.ts"

/** A run against its probe: the same request on the same side, sent in another way. */
export interface SelfCheck {
  readonly arm: string
  readonly case: string
  /** The run that is checked, and the one that checks it. */
  readonly runIds: readonly [string, string]
  /** How it was sent again; `prefill`: what it had generated was sent back as a prompt. */
  readonly kind: SendKind | "prefill"
  /** Largest |d logprob| or |d score|. */
  readonly maxAbs: number
  /** Every |d logprob|. */
  readonly sizes: Float64Array
  /** Above what the side's own number format explains, whatever the other side does. */
  readonly isOff: boolean
}

/** Every probe that was answered, against the run that it checks; `own` are the arm's continuations scored by itself. */
export const selfChecks = (arm: ArmRecords, own: readonly Continuation[]): readonly SelfCheck[] => {
  const { label, records, probes = [] } = arm
  const probed = new Map(records.map((record) => [record.run.id, record]))
  const { row } = toleranceClass([sideOf(arm)])
  const prefilled = own.map((continuation): SelfCheck => {
    const sums = makeTraceSums()
    addContinuation(sums, continuation)
    const { case: name, runIds } = continuation
    return { arm: label, case: name, runIds, kind: "prefill", ...tokenDifference(sums, row) }
  })
  const sent = probes.flatMap(({ kind, of, record }) => {
    const original = probed.get(of)
    if (original === undefined) return []
    const runIds = [of, record.run.id] as const
    const found = difference(original, record, row)
    return found === null ? [] : { arm: label, case: caseName(original.run) ?? of, runIds, kind, ...found }
  })
  return [...prefilled, ...sent]
}

type Difference = Pick<SelfCheck, "maxAbs" | "sizes" | "isOff">

/** Null where the two have nothing in common, such as a probe that failed. */
const difference = (a: RunRecord, b: RunRecord, row: ToleranceRow): Difference | null => {
  const sums = makeTraceSums()
  const others = new Map(b.traces.map((trace) => [trace.case, trace]))
  for (const trace of a.traces) {
    const other = others.get(trace.case)
    if (other !== undefined)
      addTracePair(sums, { case: "", trace: trace.case }, throughout(trace, other), throughout(other, trace), Infinity)
  }
  const scores = a.run.score === null || b.run.score === null ? null : compareScores("", a.run.score, b.run.score, 0)
  const tokens = tokenDifference(sums, row)
  if (tokens.sizes.length === 0 && scores === null) return null
  const moved = scores?.worst?.delta ?? 0
  const scoresOff = a.run.score !== null && b.run.score !== null && isApart(a.run.score.scores, b.run.score.scores, row)
  return {
    maxAbs: Math.max(tokens.maxAbs, moved),
    sizes: tokens.sizes,
    isOff: tokens.isOff || partsBeyondATie(a, b, row) || scoresOff || (scores?.broken ?? null) !== null
  }
}

/** The same greedy request, continued by another token that was not as good as equally likely. */
const partsBeyondATie = (a: RunRecord, b: RunRecord, row: ToleranceRow): boolean =>
  compareGreedy("", a, b, row.nearTie)?.split?.class?.class === "genuine"

const tokenDifference = ({ pairs }: TraceSums, row: ToleranceRow): Difference => {
  const sizes = pairs.sizes.values()
  return {
    maxAbs: pairs.maxAbs,
    sizes,
    isOff: (quantile(sizes, 0.99) ?? 0) > row.p99 || pairs.maxAbs > 2 * row.p99
  }
}

/** What was generated counts like the prompt as long as both have the same tokens before it. */
const throughout = (trace: TraceColumns, other: TraceColumns): TraceColumns => {
  const shortest = Math.min(trace.length, other.length)
  let common = 0
  while (common < shortest && trace.ids[common] === other.ids[common]) common++
  return common < Math.min(trace.promptLength, other.promptLength) ? trace : { ...trace, promptLength: common }
}
