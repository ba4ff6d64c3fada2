import type { ArmRecords, RunRecord, SelfProbe } from "./Arms.ts"
import { compareScores } from "./scoreParity.ts"
import { toleranceRows } from "./toleranceClass.ts"
import { addTracePair, makeTraceSums } from "./tracePairs.ts"

/** A run against its probe: the same request on the same side, sent in another way. */
export interface SelfCheck {
  readonly arm: string
  readonly case: string
  readonly kind: SelfProbe["kind"]
  /** Largest |d logprob| or |d score|. */
  readonly maxAbs: number
  /** Above the strictest class: an endpoint owes itself the same answer, whatever its dtype. */
  readonly isOff: boolean
}

export const selfChecks = ({ label, records, probes = [] }: ArmRecords): readonly SelfCheck[] => {
  const probed = new Map(records.map((record) => [record.run.id, record]))
  return probes.flatMap(({ kind, of, record }) => {
    const original = probed.get(of)
    return original === undefined ? [] : { arm: label, case: of, kind, ...difference(original, record) }
  })
}

const difference = (a: RunRecord, b: RunRecord): Pick<SelfCheck, "maxAbs" | "isOff"> => {
  const sums = makeTraceSums()
  const others = new Map(b.traces.map((trace) => [trace.case, trace]))
  for (const trace of a.traces) {
    const other = others.get(trace.case)
    if (other !== undefined) addTracePair(sums, { case: "", trace: trace.case }, trace, other, Infinity)
  }
  const scores =
    a.run.score === null || b.run.score === null
      ? 0
      : (compareScores("", a.run.score, b.run.score, toleranceRows.fp32.score).worst?.delta ?? 0)
  return {
    maxAbs: Math.max(sums.pairs.maxAbs, scores),
    isOff: sums.pairs.maxAbs > toleranceRows.fp32.p99 || scores > toleranceRows.fp32.score
  }
}
