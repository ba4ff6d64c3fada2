import type { Comparability, ComparedPair, Divergence, MetricDelta } from "../domain/comparison.ts"
import type { Evidence } from "./causes/Cause.ts"

/** A run whose numbers must not pass: it failed, has not finished, or is invalid. */
export interface UnfitRun {
  readonly arm: string
  readonly runId: string
  readonly why: "unfinished" | "failed" | "invalid"
  readonly message: string
}

/** One candidate against the baseline. */
export interface CandidateMeasurement extends Evidence {
  readonly baseline: string
  readonly label: string
  readonly divergences: readonly Divergence[]
}

/** What the arms' records show; what it means is the gate's to say. */
export interface Measurement {
  readonly labels: readonly string[]
  readonly comparability: Comparability
  readonly unfit: readonly UnfitRun[]
  /** Benchmark runs per arm that every arm answers. */
  readonly benchmarkRuns: number
  readonly metrics: readonly MetricDelta[]
  readonly candidates: readonly CandidateMeasurement[]
  readonly pairs: readonly ComparedPair[]
}
