import type { TraceColumns } from "../../domain/traceColumns.ts"
import { divergenceClass } from "../../math/divergenceClass.ts"
import { known } from "../greedyParity.ts"
import { toleranceRows } from "../toleranceClass.ts"
import { type CauseRule, eachDelta } from "./Cause.ts"

/** The sides part nowhere but where the two best tokens change places, by no more than a tie: each took another one. */
export const nearTie: CauseRule = ({ tokens, tolerance }) => {
  if (tokens === null) return null
  const found = { ties: 0, others: 0, widest: 0 }
  eachDelta(tokens.traces, ({ alignment, baseline, candidate }, position, size) => {
    if (size <= toleranceRows.fp32.mean) return
    const swing = alignment.kind === "same" ? exchange(baseline, candidate, position) : null
    if (swing === null || swing > tolerance.row.nearTie) found.others++
    else {
      found.ties++
      found.widest = Math.max(found.widest, swing)
    }
  })
  if (found.ties === 0 || found.others > 0) return null
  return { cause: "near-tie", evidence: { positions: found.ties, largest_swing: found.widest }, confirm: [] }
}

/** By how much the log-odds of the two best tokens change where they change places; null where they do not. */
const exchange = (a: TraceColumns, b: TraceColumns, position: number): number | null => {
  const [best, second] = bestTwo(a, position)
  const [bestB, secondB] = bestTwo(b, position)
  if (best === undefined || second === undefined || best !== secondB || second !== bestB) return null
  return divergenceClass(known(a, position), known(b, position), best, second, Infinity).swing
}

const bestTwo = ({ top }: TraceColumns, position: number): readonly number[] =>
  top === null ? [] : [...top.ids.subarray(position * top.k, position * top.k + Math.min(2, top.k))].filter(isKnown)

const isKnown = (id: number): boolean => id !== -1
