import type { ArmRecords } from "../compare/Arms.ts"
import type { CandidateMeasurement } from "../compare/Measurement.ts"
import { measureArms } from "../compare/measureArms.ts"
import type { Comparison } from "../domain/comparison.ts"
import { judge, type JudgeOptions } from "./judge.ts"
import { parityLevels } from "./parityLevels.ts"

/**
 * Compares and judges runs side by side: a pure function of their records. The first arm is the baseline.
 *
 * With several candidates the parity figures are those of the one that is furthest from the baseline.
 */
export const compareArms = (
  arms: readonly ArmRecords[],
  options: JudgeOptions = {}
): Omit<Comparison, "id" | "createdAt"> => {
  const measurement = measureArms(arms, options)
  const { candidates } = measurement
  return {
    arms: arms.map(({ label, records }) => ({ label, runIds: records.map(({ run }) => run.id) })),
    provenances: [...new Set(arms.flatMap(({ records }) => records.map(({ run }) => run.provenance)))].toSorted(),
    comparability: measurement.comparability,
    ...judge(measurement, options),
    metrics: measurement.metrics,
    parity: furthest(
      candidates,
      ({ tokens }) => tokens?.parity ?? null,
      (parity) => parity.rmsDeltaLogprob
    ),
    divergences: candidates.flatMap((candidate) => candidate.divergences),
    scores: scoreFigures(candidates),
    pairs: measurement.pairs,
    levels: parityLevels(measurement)
  }
}

/** Each arm's own batch check stands beside the figures of the furthest candidate. */
const scoreFigures = (candidates: readonly CandidateMeasurement[]): Comparison["scores"] => {
  const figures = furthest(
    candidates,
    ({ scores }) => scores?.parity ?? null,
    (parity) => parity.maxAbsDelta
  )
  if (figures === null) return null
  const own = candidates.map(({ scores }) => scores?.parity.batchedVsSingle ?? [null, null])
  return { ...figures, batchedVsSingle: [own[0]![0] ?? null, ...own.map((sides) => sides[1] ?? null)] }
}

const furthest = <T>(
  candidates: readonly CandidateMeasurement[],
  pick: (candidate: CandidateMeasurement) => T | null,
  distance: (figures: T) => number | null
): (T & { readonly candidate: string }) | null =>
  candidates
    .flatMap((candidate) => {
      const figures = pick(candidate)
      return figures === null ? [] : [{ ...figures, candidate: candidate.label }]
    })
    .sort((a, b) => (distance(b) ?? -1) - (distance(a) ?? -1))[0] ?? null
