import type { Json, JsonObject } from "./json.ts"
import type { ParityLevel } from "./parity.ts"
import type { Provenance } from "./run.ts"
import type { RunKind } from "./workload.ts"
import type { Outcome, Verdict } from "./verdict.ts"

/** One side of a comparison; the first arm is the baseline. */
export interface Arm {
  readonly label: string
  readonly runIds: readonly string[]
}

export interface ConfigDifference {
  /** Dotted path into the fingerprint or request. */
  readonly path: string
  /** One value per arm. */
  readonly values: readonly Json[]
  /** Differs on purpose: it is what the comparison is about. */
  readonly declared: boolean
}

export interface Comparability {
  readonly outcome: "comparable" | "flagged" | "refused"
  readonly differences: readonly ConfigDifference[]
}

export interface GateResult {
  readonly name: string
  readonly outcome: Outcome
  /** A code. */
  readonly reason: string
  /** What it found, in words; empty in a comparison that is older than this field. */
  readonly message: string
  readonly value: number | null
  readonly margin: number | null
  /** Ratio scale. */
  readonly interval: readonly [number, number] | null
  readonly moreRunsNeeded: number | null
}

export interface MetricDelta {
  readonly name: string
  readonly unit: string
  /** One value per arm, of several runs their geometric mean; null where an arm lacks it. */
  readonly values: readonly (number | null)[]
  /** Candidate / baseline; of several candidates the one that moved most. */
  readonly ratio: number | null
  /** Of `ratio`, from runs as the unit; null where they are too few. */
  readonly interval: readonly [number, number] | null
  /** One-sided p-value of "not worse than the baseline"; null where there is no interval. */
  readonly p: number | null
}

/** Token parity over teacher-forced positions. Deltas are |candidate - baseline| in nats. */
export interface TokenParity {
  readonly positions: number
  readonly prompts: number
  readonly maxAbsDeltaLogprob: number | null
  readonly meanAbsDeltaLogprob: number | null
  readonly rmsDeltaLogprob: number | null
  readonly p99AbsDeltaLogprob: number | null
  /** Share of positions whose most likely token is the same. */
  readonly top1Agreement: number | null
  readonly klLowerBound: number | null
  /** Mean probability mass that both top-k lists account for. */
  readonly coverage: number | null
  readonly greedy: { readonly prompts: number; readonly equal: number }
  readonly tolerance: { readonly value: number; readonly source: string }
  readonly supportMismatch: number
}

export interface Confirmation {
  readonly action: string
  readonly status: "suggested" | "confirmed" | "refuted" | "unavailable"
}

/** A place where the arms part. */
export interface Divergence {
  readonly case: string
  /** Null for a score. */
  readonly position: number | null
  readonly cause: string
  readonly evidence: JsonObject
  readonly confirm: readonly Confirmation[]
}

export interface ScoreParity {
  readonly requests: number
  readonly items: number
  readonly maxAbsDelta: number | null
  /** Requests whose item order by the first label differs. */
  readonly rankFlips: number
  /** Requests whose best item differs. */
  readonly top1Flips: number
  readonly tauB: number | null
  /** Largest |batched - one by one| of each arm; null where it was not measured. */
  readonly batchedVsSingle: readonly (number | null)[]
  /** Largest |candidate - baseline| of the scores sent one by one. */
  readonly maxAbsDeltaOneByOne: number | null
}

/** Runs of the arms that answer the same request. */
export interface ComparedPair {
  /** Names the request within the comparison. */
  readonly case: string
  readonly kind: RunKind
  /** One run id per arm; null where an arm lacks it. */
  readonly runIds: readonly (string | null)[]
  /** Largest |d logprob| (generate) or |d score| (score); null where nothing could be compared. */
  readonly maxAbsDelta: number | null
  readonly rankFlip: boolean
}

/** Figures between the baseline and one candidate; its label is null in a comparison that is older than this field. */
type OfCandidate<Figures> = Figures & { readonly candidate: string | null }

/** Two or more runs side by side: a pure function of their records. */
export interface Comparison {
  readonly id: string
  readonly createdAt: string
  readonly arms: readonly Arm[]
  /** Who answered the runs of all arms, each once; empty in a comparison that is older than this field. */
  readonly provenances: readonly Provenance[]
  readonly comparability: Comparability
  readonly verdict: Verdict
  readonly gates: readonly GateResult[]
  readonly metrics: readonly MetricDelta[]
  /** Of several candidates, those of the furthest. */
  readonly parity: OfCandidate<TokenParity> | null
  /** Worst first. */
  readonly divergences: readonly Divergence[]
  /** Of several candidates, those of the furthest. */
  readonly scores: OfCandidate<ScoreParity> | null
  readonly pairs: readonly ComparedPair[]
  /** How far up the parity protocol the arms agree; empty where nothing has tokens or scores. */
  readonly levels: readonly ParityLevel[]
}
