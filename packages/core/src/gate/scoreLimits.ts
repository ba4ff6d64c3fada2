import type { ScoreMeasurement } from "../compare/measureScores.ts"
import type { GateRule } from "../domain/gateRule.ts"
import { count, type Objection, rule, type Ruling, short } from "./Ruling.ts"
import { enough } from "./tokenGate.ts"

export type ScoreRule = Extract<GateRule, { readonly parity: "score" }>

/** Scores within the limits that a suite names, instead of those of the number formats. */
export const scoreLimits = (
  name: string,
  { maxAbsDelta = Infinity, maxRankFlips = Infinity }: ScoreRule,
  { parity, requests, distinctItems }: ScoreMeasurement
): Ruling => {
  const broken = requests.find((request) => request.broken !== null)
  const objections: readonly Objection[] = [
    ...(broken === undefined
      ? []
      : [fails("broken-scores", `a request cannot be compared: ${broken.broken}`, broken.case)]),
    ...((parity.maxAbsDelta ?? 0) <= maxAbsDelta
      ? []
      : [
          fails(
            "score-beyond-limit",
            `scores differ by up to ${short(parity.maxAbsDelta ?? 0)}, above ${short(maxAbsDelta)}`,
            worstCase(requests)
          )
        ]),
    ...(parity.rankFlips <= maxRankFlips
      ? []
      : [
          fails(
            "ranking-changed",
            `${parity.rankFlips} of ${count(parity.requests, "ranking")} change, and ${maxRankFlips} may`,
            requests.find((request) => request.rankFlip)?.case ?? ""
          )
        ])
  ]
  return rule(
    { name, value: parity.maxAbsDelta, margin: Number.isFinite(maxAbsDelta) ? maxAbsDelta : null },
    objections.length > 0 ? objections : enough(distinctItems, null, "scored item"),
    {
      code: "within-tolerance",
      message: `scores of ${count(parity.items, "item")} agree to ${short(parity.maxAbsDelta ?? 0)} and ${parity.rankFlips} of ${count(parity.requests, "ranking")} change`,
      evidence: { max_abs_delta: parity.maxAbsDelta, rank_flips: parity.rankFlips }
    }
  )
}

const fails = (code: string, message: string, where: string): Objection => ({
  outcome: "fail",
  reason: { code, message, evidence: { case: where } }
})

const worstCase = (requests: ScoreMeasurement["requests"]): string =>
  requests.toSorted((a, b) => (b.worst?.delta ?? 0) - (a.worst?.delta ?? 0))[0]?.case ?? ""
