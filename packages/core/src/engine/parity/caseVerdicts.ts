import { asIds } from "../../compare/pairRuns.ts"
import type { Comparison, Divergence } from "../../domain/comparison.ts"
import type { CaseSpec, CaseVerdict } from "../../domain/parityCase.ts"
import type { Outcome } from "../../domain/verdict.ts"

/** How each case ended between two arms. A single case is judged by what it shows: thirty are for the whole. */
export const caseVerdicts = (
  comparison: Comparison,
  cases: readonly CaseSpec[]
): readonly { readonly name: string; readonly verdict: CaseVerdict }[] => {
  const [baseline = "", candidate = ""] = comparison.arms.map(({ label }) => label)
  return cases.map((spec) => ({
    name: spec.name,
    verdict: {
      baseline,
      candidate,
      ...judgeCase(comparison, spec),
      comparisonId: comparison.id,
      at: comparison.createdAt
    }
  }))
}

const judgeCase = (
  { pairs, divergences }: Comparison,
  { name, tolerance }: CaseSpec
): { readonly outcome: Outcome; readonly maxAbsDelta: number | null } => {
  const own = pairs.filter((pair) => pair.case === name || pair.case === asIds(name))
  const deltas = own.flatMap(({ maxAbsDelta }) => maxAbsDelta ?? [])
  const maxAbsDelta = deltas.length === 0 ? null : Math.max(...deltas)
  if (maxAbsDelta === null) return { outcome: "inconclusive", maxAbsDelta }
  const parted = divergences.filter((one) => isOf(one, name))
  const faults = parted.filter((one) => isFault(one, tolerance))
  const fails = (tolerance !== null && maxAbsDelta > tolerance) || faults.length > 0
  // A side may part from itself by more than from the other one: that is what the case fails by.
  const seen = Math.max(maxAbsDelta, ...faults.flatMap(({ evidence }) => sizeOf(evidence) ?? []))
  return { outcome: fails ? "fail" : "pass", maxAbsDelta: seen }
}

const isOf = (divergence: Divergence, name: string): boolean =>
  divergence.case === name || divergence.case === asIds(name)

/** A tie is explained, and what stays within the measured tolerance; a case's own tolerance takes its place. */
const isFault = ({ cause, evidence }: Divergence, own: number | null): boolean => {
  if (cause === "near-tie") return false
  const { max_abs_delta_logprob: ofLogprobs, tolerance: measured } = evidence
  const [size, limit] = own === null ? [ofLogprobs, measured] : [sizeOf(evidence), own]
  return !(typeof size === "number" && typeof limit === "number" && size <= limit)
}

const sizeOf = ({
  max_abs_delta: ofScores,
  max_abs_delta_logprob: ofLogprobs
}: Divergence["evidence"]): number | null => {
  const size = ofScores ?? ofLogprobs
  return typeof size === "number" ? size : null
}
