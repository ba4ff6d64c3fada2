import type { Finding } from "@sglang-studio/core/domain"
import { drift, quantile, warmupCut } from "@sglang-studio/core/math"

/** Fewer batches than this tell no warm-up from noise. */
const fewestBatches = 10
/** A warm-up that changes less than this is none that a reader must know of. */
const materialShare = 0.05

/** Whether a run began with a warm-up of its own. Times in order of completion. */
export const warmupFinding = (times: readonly number[]): readonly Finding[] => {
  const cut = warmupCut(times)
  if (cut.batches < fewestBatches || cut.truncate === 0) return []
  const first = median(times.slice(0, cut.truncate))
  const rest = median(times.slice(cut.truncate))
  if (Math.abs(first - rest) <= materialShare * rest) return []
  const isLong = cut.atBound || cut.truncate > times.length / 4
  const facts = `took ${first.toFixed(1)} ms, later ones ${rest.toFixed(1)} ms`
  return [
    {
      code: "warmup-not-reached",
      severity: isLong ? "error" : "warning",
      message: `${first > rest ? "The run began with a warm-up" : "The run was not steady"}: the first ${cut.truncate} of ${times.length} answers ${facts}.`,
      evidence: {
        truncate: cut.truncate,
        requests: times.length,
        at_bound: cut.atBound,
        first_ms: first,
        rest_ms: rest
      }
    }
  ]
}

const fewestForDrift = 30
/** The method compares every pair. */
const mostPoints = 400
const blocks = 20

/**
 * Whether times rise or fall all along. In the order sent. Neighbours that resemble each other make a trend out of noise:
 * then the medians of blocks are judged.
 */
export const driftFinding = (times: readonly number[]): readonly Finding[] => {
  if (times.length < fewestForDrift) return []
  const points = medians(times, Math.min(times.length, mostPoints))
  const fine = drift(points)
  const isAlike = (fine.lag1 ?? 0) > 0.2
  const series = isAlike ? medians(times, blocks) : points
  const { p, slope } = isAlike ? drift(series) : fine
  const change = (slope * series.length) / median(times)
  if (p >= 0.01 || Math.abs(change) <= 0.01) return []
  return [
    {
      code: "drift",
      severity: "warning",
      message: `Answers took ${(Math.abs(change) * 100).toFixed(1)} % ${change > 0 ? "longer" : "less"} at the end of the run than at its start.`,
      evidence: { change, p, requests: times.length }
    }
  ]
}

const medians = (values: readonly number[], count: number): readonly number[] =>
  Array.from({ length: count }, (_, index) =>
    median(values.slice(Math.floor((index * values.length) / count), Math.floor(((index + 1) * values.length) / count)))
  )

const median = (values: readonly number[]): number => quantile(values, 0.5) ?? 0
