import type { ScoreParity } from "../domain/comparison.ts"
import type { RunPair } from "./measureTokens.ts"
import { compareScores, type ScoreComparison, type WorstItem } from "./scoreParity.ts"
import type { ToleranceClass } from "./toleranceClass.ts"

export interface ScoreMeasurement {
  readonly parity: ScoreParity
  readonly requests: readonly ScoreComparison[]
  /** Scored items, those of a repeated request once. */
  readonly distinctItems: number
}

/** Score parity of all pairs; null where no pair has scores on both sides. */
export const measureScores = (pairs: readonly RunPair[], { row }: ToleranceClass): ScoreMeasurement | null => {
  const requests = pairs.flatMap(({ case: name, baseline, candidate }) =>
    baseline.run.score === null || candidate.run.score === null
      ? []
      : [compareScores(name, baseline.run.score, candidate.run.score, row.score)]
  )
  if (requests.length === 0) return null
  const distinct = new Map(
    pairs.flatMap(({ baseline: { run }, candidate }) =>
      run.score === null || candidate.run.score === null ? [] : [[run.workloadHash, run.score.items.length] as const]
    )
  )
  const taus = requests.flatMap((request) => request.tauB ?? [])
  return {
    requests,
    distinctItems: [...distinct.values()].reduce((sum, items) => sum + items, 0),
    parity: {
      requests: requests.length,
      items: requests.reduce((sum, request) => sum + request.items, 0),
      maxAbsDelta: largest(requests, (request) => request.worst),
      rankFlips: requests.filter((request) => request.rankFlip).length,
      top1Flips: requests.filter((request) => request.top1Flip).length,
      tauB: taus.length === 0 ? null : taus.reduce((sum, tau) => sum + tau, 0) / taus.length,
      batchedVsSingle: [
        largest(requests, (request) => request.batchedVsSingle[0]),
        largest(requests, (request) => request.batchedVsSingle[1])
      ],
      maxAbsDeltaOneByOne: largest(requests, (request) => request.worstOneByOne)
    }
  }
}

const largest = (
  requests: readonly ScoreComparison[],
  pick: (request: ScoreComparison) => WorstItem | null
): number | null =>
  requests.reduce<number | null>((most, request) => {
    const delta = pick(request)?.delta ?? null
    return delta === null ? most : Math.max(most ?? 0, delta)
  }, null)
