import type { ArmRecords } from "../../compare/Arms.ts"
import { eachDelta } from "../../compare/causes/Cause.ts"
import type { CandidateMeasurement } from "../../compare/Measurement.ts"
import { measureArms } from "../../compare/measureArms.ts"
import { toleranceRows } from "../../compare/toleranceClass.ts"
import type { ReferenceReport } from "../../domain/parity.ts"
import { short } from "../../gate/Ruling.ts"
import { nonInferiority } from "../../math/nonInferiority.ts"

/** How far each side is from the reference, and which one is further than the best of them by more than chance. */
export const referenceReport = (
  reference: ArmRecords,
  arms: readonly ArmRecords[],
  comparisonId: string
): ReferenceReport => {
  const { candidates } = measureArms([reference, ...arms])
  const best = candidates.reduce((a, b) => (distance(b) < distance(a) ? b : a))
  const off = candidates.filter(
    (candidate) => isBeyond(candidate) && (candidate === best || isFurther(best, candidate))
  )
  // Where even the best is beyond the strictest class, only those that are further still are named, if there are any.
  const further = off.filter((candidate) => candidate !== best)
  const named = (further.length > 0 ? further : off).map(({ label }) => label)
  return {
    backend: reference.label,
    comparisonId,
    arms: candidates.map((candidate) => ({
      label: candidate.label,
      rmsDeltaLogprob: candidate.tokens?.parity.rmsDeltaLogprob ?? null,
      maxAbsDeltaScore: candidate.scores?.parity.maxAbsDelta ?? null
    })),
    off: named,
    sentence: sentence(reference.label, candidates, named)
  }
}

const distance = ({ tokens, scores }: CandidateMeasurement): number =>
  Math.max(
    (tokens?.parity.rmsDeltaLogprob ?? 0) / toleranceRows.fp32.rms,
    (scores?.parity.maxAbsDelta ?? 0) / toleranceRows.fp32.score
  )

/** Within the strictest class nobody is off, however the two stand to each other. */
const isBeyond = (candidate: CandidateMeasurement): boolean => distance(candidate) > 1

/** Prompt by prompt, by more than a quarter; where the prompts do not say so, the scores may. */
const isFurther = (best: CandidateMeasurement, other: CandidateMeasurement): boolean => {
  const [a, b] = [promptRms(best), promptRms(other)]
  const shared = [...a.keys()].filter((name) => (a.get(name) ?? 0) > 0 && (b.get(name) ?? 0) > 0)
  const { outcome } = nonInferiority(
    shared.map((name) => a.get(name)!),
    shared.map((name) => b.get(name)!),
    { marginPercent: 25, alpha: 0.05, paired: true }
  )
  return outcome === "fail" || (best.scores?.parity.maxAbsDelta ?? 0) * 1.25 < (other.scores?.parity.maxAbsDelta ?? 0)
}

const promptRms = ({ tokens }: CandidateMeasurement): ReadonlyMap<string, number> => {
  const sums = new Map<string, { n: number; squares: number }>()
  eachDelta(tokens?.traces ?? [], (trace, _, size) => {
    const name = `${trace.case} ${trace.trace}`
    const sum = sums.get(name) ?? { n: 0, squares: 0 }
    sums.set(name, { n: sum.n + 1, squares: sum.squares + size * size })
  })
  return new Map([...sums].map(([name, { n, squares }]) => [name, Math.sqrt(squares / n)]))
}

const sentence = (reference: string, candidates: readonly CandidateMeasurement[], off: readonly string[]): string => {
  const figures = candidates
    .map(({ label, tokens, scores }) => {
      const parts = [
        ...(tokens === null ? [] : [`RMS ${short(tokens.parity.rmsDeltaLogprob ?? 0)} nat`]),
        ...(scores === null ? [] : [`scores up to ${short(scores.parity.maxAbsDelta ?? 0)}`])
      ]
      return `${label} ${parts.join(", ")}`
    })
    .join("; ")
  const who = off.length === 0 ? "no side is off" : `${off.join(" and ")} ${off.length === 1 ? "is" : "are"} off`
  return `Against ${reference}, ${who}: ${figures}.`
}
