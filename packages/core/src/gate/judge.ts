import type { CandidateMeasurement, Measurement } from "../compare/Measurement.ts"
import type { GateResult } from "../domain/comparison.ts"
import type { GateRule } from "../domain/gateRule.ts"
import type { Reason, Verdict } from "../domain/verdict.ts"
import { crossGate } from "./crossGate.ts"
import { metricGates } from "./metricGates.ts"
import { parityRules } from "./parityRules.ts"
import { count, type Ruling, worstOutcome } from "./Ruling.ts"
import { scoreGate, withEnoughItems } from "./scoreGate.ts"
import { isSettledByRepeats } from "./settledByRepeats.ts"
import { selfGates } from "./selfGates.ts"
import { sentence } from "./sentence.ts"
import { tokenGate } from "./tokenGate.ts"

export interface JudgeOptions {
  /** What is judged instead of everything that can be. A rule that nothing in the arms speaks to has no row. */
  readonly gates?: readonly GateRule[]
  /** One-sided, on each end of an interval; default 0.05. Half of it at each of two looks. */
  readonly alpha?: number
}

/**
 * What a measurement means: a row per gate, and one verdict over all of them.
 *
 * A fail may be said on any evidence; a pass needs every request answered by every arm, no unfit run, and enough
 * prompts and tokens. Whatever is missing makes it inconclusive, never a pass.
 */
export const judge = (
  measurement: Measurement,
  { gates: rules, alpha = 0.05 }: JudgeOptions = {}
): { readonly verdict: Verdict; readonly gates: readonly GateResult[] } => {
  const parity = rules === undefined ? usualParity(measurement) : parityRules(measurement, rules)
  const rulings: readonly Ruling[] = [
    ...parity,
    ...(rules === undefined || parity.length > 0 ? selfGates(measurement) : []),
    ...metricGates(measurement, rules ?? null, alpha)
  ]
  const gates = rulings.map((ruling) => ruling.gate)
  const doubts = [...unpaired(measurement), ...unfit(measurement)]
  if (gates.length === 0 && doubts.length === 0) doubts.push(nothing)
  const outcome = worstOutcome([...gates.map((gate) => gate.outcome), ...doubts.map(() => "inconclusive" as const)])
  const reasons = reasonsOf(outcome, rulings, doubts)
  const wouldDecide = outcome === "inconclusive" ? whatWouldDecide(rulings, doubts) : null
  return {
    verdict: { outcome, sentence: sentence(outcome, measurement, reasons, wouldDecide), reasons, wouldDecide },
    gates
  }
}

/** What decides comes first; of gates that fail, the surest one. What several gates say in the same words is said once. */
const reasonsOf = (
  outcome: Verdict["outcome"],
  rulings: readonly Ruling[],
  doubts: readonly Doubt[]
): readonly Reason[] => {
  const deciding = rulings.filter(({ gate }) => gate.outcome === outcome).flatMap(({ reasons }) => reasons)
  const surest = (reason: Reason): number => Number(reason.evidence["p_fail_holm"] ?? 0)
  const all = [
    ...deciding.sort((a, b) => surest(a) - surest(b)),
    ...doubts.map((doubt) => doubt.reason),
    ...rulings.filter(({ gate }) => gate.outcome !== outcome).flatMap(({ reasons }) => reasons)
  ]
  return [
    ...new Map(all.toReversed().map((reason) => [`${reason.code} ${reason.message}`, reason])).values()
  ].toReversed()
}

/** What runs cannot settle comes first, then as many runs as the hungriest gate needs. */
const whatWouldDecide = (rulings: readonly Ruling[], doubts: readonly Doubt[]): string => {
  const open = rulings.filter(({ gate }) => gate.outcome === "inconclusive")
  const hungriest = open.toSorted((a, b) => (b.gate.moreRunsNeeded ?? 0) - (a.gate.moreRunsNeeded ?? 0))
  const [byRuns, byElse] = [true, false].map((settles) =>
    hungriest.filter(({ gate }) => isSettledByRepeats(gate) === settles).flatMap((one) => one.wouldDecide ?? [])
  ) as [string[], string[]]
  const [first] = [...doubts.flatMap((doubt) => doubt.wouldDecide ?? []), ...byElse]
  const needs = [first, byRuns[0]].filter((need) => need !== undefined)
  return needs.length === 0 ? "1 run of the same request on every backend would decide" : needs.join("; ")
}

/** Parity of everything that the arms generated and scored, within what their number formats allow. */
const usualParity = ({ candidates }: Measurement): readonly Ruling[] =>
  candidates.flatMap((candidate) => parityGates(candidate, candidates.length > 1))

const parityGates = (candidate: CandidateMeasurement, several: boolean): readonly Ruling[] => {
  const suffix = several ? `:${candidate.label}` : ""
  const { tokens, scores, cross } = candidate
  const score = scores === null ? null : scoreGate(`score-parity${suffix}`, candidate, scores)
  return [
    ...(tokens === null ? [] : [tokenGate(`token-parity${suffix}`, candidate, tokens)]),
    ...(cross === null ? [] : [crossGate(`cross-scoring${suffix}`, candidate, cross)]),
    ...(score === null ? [] : [tokens === null ? withEnoughItems(score, scores!.distinctItems) : score])
  ]
}

interface Doubt {
  readonly reason: Reason
  readonly wouldDecide: string | null
}

const nothing: Doubt = {
  reason: { code: "no-data", message: "the arms hold nothing that can be compared", evidence: {} },
  wouldDecide: null
}

const unpaired = ({ comparability, pairs }: Measurement): Doubt[] => {
  const lone = pairs.filter((pair) => pair.runIds.includes(null)).length
  if (lone === 0) return []
  const paths = comparability.differences.filter(({ path }) => !path.startsWith("fingerprint.")).map(({ path }) => path)
  return [
    {
      reason: {
        code: "not-comparable",
        message: `${lone} of ${count(pairs.length, "request")} are not answered by every side; they differ in ${paths.join(", ")}`,
        evidence: { requests: pairs.length, unanswered: lone, paths }
      },
      wouldDecide:
        lone === pairs.length
          ? "runs of the same request on every side would decide"
          : `${count(lone, "more request")} with equal fields would decide`
    }
  ]
}

const unfit = ({ unfit }: Measurement): readonly Doubt[] =>
  unfit.map(({ arm, runId, why, message, fix }) => ({
    reason: { code: `run-${why}`, message: `${arm}: ${message.replace(/\.$/u, "")}`, evidence: { arm, run_id: runId } },
    wouldDecide: fix?.replace(/\.$/u, "") ?? `1 more run of ${runId} on ${arm} would decide`
  }))
