import type { CandidateMeasurement, Measurement } from "../compare/Measurement.ts"
import type { GateResult } from "../domain/comparison.ts"
import type { Reason, Verdict } from "../domain/verdict.ts"
import { crossGate } from "./crossGate.ts"
import { latencyGates } from "./latencyGates.ts"
import { count, type Ruling, worstOutcome } from "./Ruling.ts"
import { scoreGate } from "./scoreGate.ts"
import { selfGates } from "./selfGates.ts"
import { sentence } from "./sentence.ts"
import { enough, tokenGate } from "./tokenGate.ts"

/**
 * What a measurement means: a row per gate, and one verdict over all of them.
 *
 * A fail may be said on any evidence; a pass needs every request answered by every arm, no unfit run, and enough
 * prompts and tokens. Whatever is missing makes it inconclusive, never a pass.
 */
export const judge = (
  measurement: Measurement
): { readonly verdict: Verdict; readonly gates: readonly GateResult[] } => {
  const several = measurement.candidates.length > 1
  const rulings = [
    ...measurement.candidates.flatMap((candidate) => parityGates(candidate, several)),
    ...selfGates(measurement)
  ]
  const latency = latencyGates(measurement)
  const gates = [...rulings.map((ruling) => ruling.gate), ...latency]
  const doubts = [...unpaired(measurement), ...unfit(measurement), ...unjudgedLatency(latency)]
  if (gates.length === 0 && doubts.length === 0) doubts.push(nothing)
  const outcome = worstOutcome([...gates.map((gate) => gate.outcome), ...doubts.map(() => "inconclusive" as const)])
  const wouldDecide =
    outcome === "inconclusive"
      ? ([...doubts, ...rulings].flatMap((one) => one.wouldDecide ?? [])[0] ??
        "a run of the same request on every backend would decide")
      : null
  const reasons = [
    ...rulings.filter((ruling) => ruling.gate.outcome === outcome).flatMap((ruling) => ruling.reasons),
    ...doubts.map((doubt) => doubt.reason),
    ...rulings.filter((ruling) => ruling.gate.outcome !== outcome).flatMap((ruling) => ruling.reasons)
  ]
  return {
    verdict: { outcome, sentence: sentence(outcome, measurement, reasons, wouldDecide), reasons, wouldDecide },
    gates
  }
}

const parityGates = (candidate: CandidateMeasurement, several: boolean): readonly Ruling[] => {
  const suffix = several ? `:${candidate.label}` : ""
  const { tokens, scores, cross } = candidate
  const score = scores === null ? null : scoreGate(`score-parity${suffix}`, candidate, scores)
  return [
    ...(tokens === null ? [] : [tokenGate(`token-parity${suffix}`, candidate, tokens)]),
    ...(cross === null ? [] : [crossGate(`cross-scoring${suffix}`, candidate, cross)]),
    ...(score === null ? [] : [tokens === null ? withEnoughItems(score, scores!.parity.items) : score])
  ]
}

/** Without token traces the scored items are the only prompts there are. */
const withEnoughItems = (ruling: Ruling, items: number): Ruling => {
  const [objection] = enough(items, null)
  if (ruling.gate.outcome !== "pass" || objection === undefined) return ruling
  return {
    gate: { ...ruling.gate, outcome: objection.outcome, reason: objection.reason.code },
    reasons: [objection.reason],
    wouldDecide: objection.wouldDecide ?? null
  }
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
      wouldDecide: `${count(lone, "more request")} with equal fields would decide`
    }
  ]
}

const unfit = ({ unfit }: Measurement): readonly Doubt[] =>
  unfit.map(({ arm, runId, why, message }) => ({
    reason: { code: `run-${why}`, message: `${arm}: ${message}`, evidence: { arm, run_id: runId } },
    wouldDecide: `1 more run of ${runId} on ${arm} would decide`
  }))

const unjudgedLatency = (gates: readonly GateResult[]): readonly Doubt[] => {
  const runs = Math.max(0, ...gates.map((gate) => gate.moreRunsNeeded ?? 0))
  if (runs === 0) return []
  return [
    {
      reason: {
        code: "too-few-runs",
        message: "latency is shown and not judged: one run per side cannot tell a change from noise",
        evidence: { more_runs_needed: runs }
      },
      wouldDecide: `${count(runs, "more run")} per side would decide`
    }
  ]
}
