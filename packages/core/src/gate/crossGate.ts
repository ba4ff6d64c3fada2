import { tokenLimit } from "../compare/causes/Cause.ts"
import type { CrossMeasurement } from "../compare/crossScoring.ts"
import type { CandidateMeasurement } from "../compare/Measurement.ts"
import { toleranceRows } from "../compare/toleranceClass.ts"
import { count, type Objection, rule, type Ruling, short } from "./Ruling.ts"

type Judged = Pick<CandidateMeasurement, "tokens" | "tolerance">

/** What a side generated has the same logprobs when the other one is given it as a prompt. */
export const crossGate = (name: string, candidate: Judged, cross: CrossMeasurement): Ruling => {
  const { n, maxAbs, p99Abs } = cross.summary
  const margin = tokenLimit(candidate)
  return rule({ name, value: p99Abs, margin }, objections(candidate, cross), {
    code: "within-tolerance",
    message: `${count(n, "generated token")} of ${count(cross.sequences, "output")} agree to ${short(maxAbs ?? 0)} when the other side scores them`,
    evidence: { max_abs_delta_logprob: maxAbs, tolerance: margin }
  })
}

const objections = (candidate: Judged, { summary, sequences }: CrossMeasurement): readonly Objection[] => {
  const { row, source, undeclared } = candidate.tolerance
  if (summary.n === 0)
    return [
      {
        outcome: "inconclusive",
        reason: {
          code: "no-data",
          message: `${count(sequences, "output")} scored by the other side gave nothing to compare`,
          evidence: { sequences }
        }
      }
    ]
  const limit = tokenLimit(candidate)
  return [
    { what: "mean", value: summary.meanAbs ?? 0, limit: row.mean, loose: toleranceRows.bf16.mean },
    { what: "RMS", value: summary.rms ?? 0, limit: row.rms, loose: toleranceRows.bf16.rms },
    {
      what: "99th percentile",
      value: summary.p99Abs ?? 0,
      limit,
      loose: toleranceRows.bf16.p99 + limit - row.p99
    }
  ]
    .filter(({ value, limit }) => value > limit)
    .map(({ what, value, limit, loose }) => ({
      outcome: undeclared.length === 0 || value > loose ? ("fail" as const) : ("inconclusive" as const),
      reason: {
        code: "cross-scoring",
        message: `the ${what} difference of generated tokens scored by the other side is ${short(value)}, above ${short(limit)} (${source})`,
        evidence: { figure: what, value, limit }
      }
    }))
}
