import type { CandidateMeasurement } from "../compare/Measurement.ts"
import type { ScoreMeasurement } from "../compare/measureScores.ts"
import { batchFault, type ScoreComparison } from "../compare/scoreParity.ts"
import { toleranceRows } from "../compare/toleranceClass.ts"
import { count, type Objection, rule, type Ruling, short } from "./Ruling.ts"
import { enough } from "./tokenGate.ts"

/** Scores within the class's score row, rankings unchanged, and a batch that equals its items sent one by one. */
export const scoreGate = (name: string, candidate: CandidateMeasurement, scores: ScoreMeasurement): Ruling => {
  const { row } = candidate.tolerance
  const { parity } = scores
  return rule(
    { name, value: parity.maxAbsDelta, margin: row.score },
    [
      ...broken(scores),
      ...batch(candidate, scores),
      ...size(candidate, scores),
      ...rankings(scores),
      ...singles(scores)
    ],
    {
      code: "within-tolerance",
      message: `scores of ${count(parity.items, "item")} agree to ${short(parity.maxAbsDelta ?? 0)} and ${parity.rankFlips} of ${count(parity.requests, "ranking")} change`,
      evidence: { max_abs_delta: parity.maxAbsDelta, rank_flips: parity.rankFlips, tolerance: row.score }
    }
  )
}

/** Where the scored items are all that a pass rests on, they must be as many as prompts would have to be. */
export const withEnoughItems = (ruling: Ruling, items: number): Ruling => {
  const [objection] = enough(items, null, "scored item")
  if (ruling.gate.outcome !== "pass" || objection === undefined) return ruling
  return {
    gate: {
      ...ruling.gate,
      outcome: objection.outcome,
      reason: objection.reason.code,
      message: objection.reason.message
    },
    reasons: [{ ...objection.reason, evidence: { gate: ruling.gate.name, ...objection.reason.evidence } }],
    wouldDecide: objection.wouldDecide ?? null
  }
}

const broken = ({ requests }: ScoreMeasurement): readonly Objection[] => {
  const found = requests.filter((request) => request.broken !== null)
  if (found.length === 0) return []
  const message = `${count(found.length, "request")} cannot be compared: ${found[0]!.broken}`
  return [{ outcome: "fail", reason: { code: "broken-scores", message, evidence: { case: found[0]!.case } } }]
}

const batch = (candidate: CandidateMeasurement, { requests }: ScoreMeasurement): readonly Objection[] => {
  const { row } = candidate.tolerance
  return ([0, 1] as const).flatMap((side): readonly Objection[] => {
    const arm = candidate.sides[side].label
    const faults = requests.flatMap((request) => batchFault(request, side, row) ?? [])
    if (faults.length === 0) return []
    const worst = Math.max(...faults.map((fault) => Math.abs(fault.worst.values[0] - fault.worst.values[1])))
    const nats = Math.max(...faults.map((fault) => fault.nats ?? 0))
    return [
      {
        outcome: "fail",
        reason: {
          code: "batch-dependent",
          message: `${arm} gives other scores in a batch than one by one in ${faults.length} of ${count(requests.length, "request")}, by up to ${short(worst)} (${short(nats)} nat)`,
          evidence: {
            arm,
            requests: faults.length,
            max_abs_delta: worst,
            max_abs_delta_nats: nats,
            tolerance: row.score
          }
        }
      }
    ]
  })
}

/** A side that declares no dtype may belong to a looser class: beyond the strict row it is a doubt, not a fault. */
const size = ({ tolerance }: CandidateMeasurement, { parity }: ScoreMeasurement): readonly Objection[] => {
  const value = parity.maxAbsDelta
  const limit = tolerance.row.score
  if (value === null || value <= limit) return []
  const message = `scores differ by up to ${short(value)}, above ${short(limit)} (${tolerance.source})`
  const evidence = { value, limit }
  if (tolerance.undeclared.length === 0 || value > toleranceRows.bf16.score)
    return [{ outcome: "fail", reason: { code: "score-beyond-tolerance", message, evidence } }]
  return [
    {
      outcome: "inconclusive",
      reason: { code: "dtype-unknown", message, evidence: { ...evidence, sides: tolerance.undeclared } },
      wouldDecide: `the dtype of ${tolerance.undeclared.join(" and ")} would decide: bfloat16 allows ${toleranceRows.bf16.score}`
    }
  ]
}

const rankings = ({ requests, parity }: ScoreMeasurement): readonly Objection[] => {
  const changed = requests.filter((request) => request.unexplainedFlip).length
  if (changed === 0) return []
  return [
    {
      outcome: "fail",
      reason: {
        code: "ranking-changed",
        message: `${changed} of ${count(parity.requests, "ranking")} change by more than a tie`,
        evidence: { requests: parity.requests, changed, best_item_changed: parity.top1Flips }
      }
    }
  ]
}

const singles = ({ requests }: ScoreMeasurement): readonly Objection[] => {
  const missing = requests.filter(isUnchecked)
  if (missing.length === 0) return []
  return [
    {
      outcome: "inconclusive",
      reason: {
        code: "one-by-one-missing",
        message: `${count(missing.length, "request")} of several items were not also sent one by one`,
        evidence: { requests: missing.length, case: missing[0]!.case }
      },
      wouldDecide: `${count(missing.length, "request")} scored again with one_by_one would decide`
    }
  ]
}

/** A request of one item is its own batch of one. */
const isUnchecked = ({ items, batchedVsSingle, broken }: ScoreComparison): boolean =>
  broken === null && items > 1 && batchedVsSingle.some((worst) => worst === null)
