import type { CandidateMeasurement, Measurement } from "../compare/Measurement.ts"
import type { Outcome, Reason } from "../domain/verdict.ts"
import { causeWords } from "./causeWords.ts"
import { count, short } from "./Ruling.ts"

/** The verdict in one sentence, for somebody who has to decide and will read no table. */
export const sentence = (
  outcome: Outcome,
  measurement: Measurement,
  reasons: readonly Reason[],
  wouldDecide: string | null
): string => {
  switch (outcome) {
    case "pass":
      return `${[...measurement.candidates.flatMap(agreement), ...holds(reasons)].join("; ")}.`
    case "inconclusive":
      return `Not decided: ${reasons[0]?.message ?? "nothing was compared"}${wouldDecide === null ? "" : `; ${wouldDecide}`}.`
    case "fail":
      return batchSentence(measurement, reasons) ?? failure(measurement, reasons)
  }
}

const agreement = ({ baseline, label, tokens, scores }: CandidateMeasurement): readonly string[] => {
  if (tokens === null && scores === null) return []
  const parts = [
    ...(tokens === null
      ? []
      : [
          `${count(tokens.parity.positions, "token")} in ${count(tokens.parity.prompts, "prompt")} agree to ${short(tokens.parity.maxAbsDeltaLogprob ?? 0)}`
        ]),
    ...(tokens === null || tokens.parity.greedy.prompts === 0 ? [] : [greedy(tokens.parity.greedy)]),
    ...(scores === null ? [] : [`${scores.parity.rankFlips} of ${count(scores.parity.requests, "ranking")} change`])
  ]
  return [`${label} matches ${baseline}: ${parts.join(", ")}`]
}

/** Of the metrics that pass, the one that comes closest to what is allowed. */
const holds = (reasons: readonly Reason[]): readonly string[] => {
  const onMetrics = reasons.filter(isOnMetric)
  const room = ({ evidence }: Reason): number => Number(evidence["p_fail"] ?? -1)
  const [closest] = onMetrics.toSorted((a, b) => room(b) - room(a))
  if (closest === undefined) return []
  return [
    onMetrics.length === 1
      ? closest.message
      : `${onMetrics.length} metrics hold; closest to its limit: ${closest.message}`
  ]
}

const isOnMetric = ({ evidence }: Reason): boolean => evidence["metric"] !== undefined

const greedy = ({ prompts, equal }: { readonly prompts: number; readonly equal: number }): string =>
  equal === prompts
    ? `${equal} of ${count(prompts, "greedy output")} are equal`
    : `${equal} of ${count(prompts, "greedy output")} are equal and the others part at near ties`

/** The finding that no token-level figure shows. */
const batchSentence = ({ candidates }: Measurement, reasons: readonly Reason[]): string | null => {
  const batch = reasons.find((reason) => reason.code === "batch-dependent")
  const candidate = candidates.find(({ baseline, label }) => [baseline, label].includes(String(batch?.evidence["arm"])))
  if (batch === undefined || candidate === undefined || candidate.scores === null) return null
  const { parity } = candidate.scores
  const arm = String(batch.evidence["arm"])
  const tokens = candidate.tokens?.parity
  const single = parity.maxAbsDeltaOneByOne
  const tokensAgree = tokens !== undefined && (tokens.p99AbsDeltaLogprob ?? Infinity) <= tokens.tolerance.value
  const moved =
    parity.rankFlips > 0
      ? `changes ${parity.rankFlips} of ${count(parity.requests, "ranking")} (scores move by up to ${short(parity.maxAbsDelta ?? 0)})`
      : `moves scores by up to ${short(Number(batch.evidence["max_abs_delta"]))}`
  return [
    `${arm} ${moved}`,
    tokensAgree ? ` although every token agrees to ${short(tokens.maxAbsDeltaLogprob ?? 0)}` : "",
    single === null ? "" : `; sent one by one the same items agree to ${short(single)}`,
    ": the score depends on the batch."
  ].join("")
}

const failure = ({ candidates }: Measurement, reasons: readonly Reason[]): string => {
  const [first] = reasons
  if (first !== undefined && isOnMetric(first)) {
    const others = reasons.filter((reason) => reason !== first && reason.evidence["p_fail_holm"] !== undefined).length
    return `Worse than allowed: ${first.message}${others === 0 ? "" : `; ${count(others, "more gate")} fail${others === 1 ? "s" : ""}`}.`
  }
  const worst = candidates.find(({ divergences }) => divergences.length > 0) ?? candidates[0]
  const cause = worst?.divergences[0]?.cause
  const likely = cause === undefined ? "" : `; likely cause: ${causeWords(cause)}`
  return `${worst?.label} does not match ${worst?.baseline}: ${reasons[0]?.message ?? "a gate failed"}${likely}.`
}
