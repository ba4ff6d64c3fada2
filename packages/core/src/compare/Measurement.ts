import type {
  Comparability,
  ComparedPair,
  Divergence,
  MetricDelta,
  ScoreParity,
  TokenParity
} from "../domain/comparison.ts"
import type { TraceComparison } from "./tracePairs.ts"
import type { GreedySplit } from "./greedyParity.ts"
import type { ScoreComparison } from "./scoreParity.ts"
import type { ToleranceClass } from "./toleranceClass.ts"

/** A run whose numbers must not pass: it failed, has not finished, or is invalid. */
export interface UnfitRun {
  readonly arm: string
  readonly runId: string
  readonly why: "unfinished" | "failed" | "invalid"
  readonly message: string
}

/** What was measured of the token traces, beyond the public figures. */
export interface TokenMeasurement {
  readonly parity: TokenParity
  readonly notANumber: number
  readonly notALogprob: number
  readonly gross: number
  /** Traces that only one side recorded. */
  readonly untraced: number
  readonly traces: readonly TraceComparison[]
  /** Greedy continuations that part. */
  readonly splits: readonly GreedySplit[]
}

export interface ScoreMeasurement {
  readonly parity: ScoreParity
  readonly requests: readonly ScoreComparison[]
}

/** One candidate against the baseline. */
export interface CandidateMeasurement {
  readonly baseline: string
  readonly label: string
  readonly tolerance: ToleranceClass
  readonly tokens: TokenMeasurement | null
  readonly scores: ScoreMeasurement | null
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
