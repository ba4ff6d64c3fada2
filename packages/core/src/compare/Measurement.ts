import type { Comparability, ComparedPair, Divergence, MetricDelta } from "../domain/comparison.ts"
import type { Evidence } from "./causes/Cause.ts"
import type { Repeats } from "./Repeats.ts"
import type { UnfitRun } from "./unfitness.ts"

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
  readonly repeats: readonly Repeats[]
  readonly metrics: readonly MetricDelta[]
  readonly candidates: readonly CandidateMeasurement[]
  readonly pairs: readonly ComparedPair[]
}
