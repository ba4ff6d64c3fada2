import type { CandidateMeasurement, Measurement } from "../compare/Measurement.ts"
import { asIds } from "../compare/pairRuns.ts"
import type { TraceComparison } from "../compare/tracePairs.ts"
import type { ParityLevel } from "../domain/parity.ts"
import { causeWords } from "./causeWords.ts"
import { crossGate } from "./crossGate.ts"
import { count, type Objection, short, worstOutcome } from "./Ruling.ts"
import { scoreGate } from "./scoreGate.ts"
import { enough, greedyObjections, idObjections, logprobObjections } from "./tokenGate.ts"

type Ruled = Omit<ParityLevel, "level">

/** How far up the protocol the arms agree; of several candidates the worst ones speak. Empty where nothing is judged. */
export const parityLevels = ({ candidates }: Measurement): readonly ParityLevel[] => {
  if (candidates.every(({ tokens, scores }) => tokens === null && scores === null)) return []
  return (["L0", "L1", "L2", "L3", "L4"] as const).map((level) => {
    const ruled = candidates.map((candidate) => ({ ...rules[level](candidate), candidate }))
    const outcome = worstOutcome(ruled.map((one) => one.outcome))
    const telling = ruled.filter((one) => one.outcome === outcome)
    const isShared = ruled.every((one) => one.outcome === outcome && one.reason === ruled[0]!.reason)
    return { level, outcome, reason: isShared ? ruled[0]!.reason : telling.map(saidOf).join("; ") }
  })
}

/** A reason under the name of its candidate, unless it begins with whom it speaks of. */
const saidOf = ({
  reason,
  candidate: { sides, label }
}: Ruled & { readonly candidate: CandidateMeasurement }): string =>
  sides.some((side) => reason.startsWith(`${side.label} `)) ? reason : `${label}: ${reason}`

const rules: { readonly [Level in ParityLevel["level"]]: (candidate: CandidateMeasurement) => Ruled } = {
  L0: (candidate) => {
    const traces = candidate.tokens?.traces ?? []
    if (traces.length === 0) return undecided("no prompt's token ids were told by both sides")
    const parted = traces.find(({ alignment }) => alignment.kind !== "same")
    if (parted !== undefined) return { outcome: "fail", reason: partedIds(candidate, parted) }
    return { outcome: "pass", reason: `${count(traces.length, "prompt")} became the same token ids` }
  },
  L1: (candidate) => {
    const { tokens } = candidate
    if (tokens === null || tokens.traces.length === 0) return undecided("no prompt was given to both sides")
    const { prompts, positions, maxAbsDeltaLogprob } = tokens.parity
    const { outcome, reason } = ruled(
      [...logprobObjections(candidate, tokens), ...enough(tokens.distinct.prompts, tokens.distinct.positions)],
      `${count(positions, "token")} in ${count(prompts, "prompt")} agree to ${short(maxAbsDeltaLogprob ?? 0)}`
    )
    return { outcome, reason: `${reason}${sentAsIds(tokens.traces)}` }
  },
  L2: (candidate) => {
    if (candidate.cross === null) return undecided("no side scored what the other one generated")
    const { gate, reasons } = crossGate("", candidate, candidate.cross)
    return { outcome: gate.outcome, reason: reasons[0]!.message }
  },
  L3: ({ tokens }) => {
    if (tokens === null || tokens.parity.greedy.prompts === 0) return undecided("nothing was generated greedily")
    const { prompts, equal } = tokens.parity.greedy
    const parted = equal === prompts ? "" : `, and the others part at near ties`
    return ruled(
      [...greedyObjections(tokens), ...enough(prompts, null)],
      `${equal} of ${count(prompts, "greedy output")} are equal${parted}`
    )
  },
  L4: (candidate) => {
    if (candidate.scores === null) return undecided("no score was answered by both sides")
    const { gate, reasons } = scoreGate("", candidate, candidate.scores)
    return { outcome: gate.outcome, reason: reasons[0]!.message }
  }
}

const undecided = (reason: string): Ruled => ({ outcome: "inconclusive", reason })

const ruled = (objections: readonly Objection[], passed: string): Ruled => {
  const outcome = worstOutcome(objections.map((objection) => objection.outcome))
  const deciding = objections.find((objection) => objection.outcome === outcome)
  if (outcome === "pass" || deciding === undefined) return { outcome, reason: passed }
  const { reason, wouldDecide } = deciding
  return { outcome, reason: wouldDecide === undefined ? reason.message : `${reason.message}; ${wouldDecide}` }
}

const partedIds = (
  candidate: CandidateMeasurement,
  { case: name, alignment, baseline, candidate: other }: TraceComparison
) => {
  const [objection] = idObjections(candidate)
  const at = "common" in alignment ? alignment.common : 0
  const tokenOf = (trace: typeof baseline) =>
    at >= trace.promptLength ? "nothing" : `${JSON.stringify(trace.tokens[at] ?? null)} (${trace.ids[at]})`
  const [a, b] = candidate.sides
  return `${objection?.reason.message ?? "the token ids differ"}; ${name} parts at token ${at}: ${a.label} has ${tokenOf(baseline)}, ${b.label} ${tokenOf(other)}: ${causeWords(objection?.reason.code ?? "")}`
}

const sentAsIds = (traces: readonly TraceComparison[]): string => {
  const names = new Set(traces.map((trace) => trace.case))
  const again = [...names].filter((name) => names.has(asIds(name))).length
  return again === 0 ? "" : `; ${count(again, "case")} with other ids were sent as the baseline's ids`
}
