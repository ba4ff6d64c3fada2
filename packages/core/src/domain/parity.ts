import type { Outcome } from "./verdict.ts"

export const parityLevels = ["L0", "L1", "L2", "L3", "L4"] as const

/** What a parity check is doing. */
export const parityStages = [
  "asking the cases",
  "asking them as token ids",
  "scoring outputs",
  "measuring the noise floor",
  "checking each side",
  "looking into what differs",
  "asking the reference"
] as const

/**
 * A rung of the parity protocol.
 *
 * - `L0`: the same text becomes the same token ids.
 * - `L1`: the same ids get the same logprobs, teacher-forced.
 * - `L2`: what one side generated is as likely to the other one.
 * - `L3`: greedy outputs are equal, or part at near ties.
 * - `L4`: scores agree, sent together and one by one.
 */
export interface ParityLevel {
  readonly level: (typeof parityLevels)[number]
  readonly outcome: Outcome
  readonly reason: string
}

export const consistencyNames = [
  "repeated",
  "prefill-decode",
  "cached-flushed",
  "streamed",
  "batched",
  "single-multi-item",
  "permuted",
  "generate-score",
  "generate-completions"
] as const

/**
 * One thing that an endpoint owes itself, whatever another one says: the same answer to the same question, asked again
 * or in another way.
 */
export interface ConsistencyCheck {
  readonly name: (typeof consistencyNames)[number]
  readonly outcome: Outcome | "skipped"
  readonly reason: string
  /** Cases that it was tried on. */
  readonly cases: number
  /** Largest |d logprob| or |d score|; null where nothing could be compared. */
  readonly maxAbsDelta: number | null
  readonly tolerance: number
  /** The case that is furthest off, and the two runs that show it; one run where it shows by itself. */
  readonly worst: { readonly case: string; readonly runIds: readonly string[] } | null
}

/** What one endpoint said of itself at one time. */
export interface ConsistencyReport {
  readonly id: string
  readonly backend: string
  readonly createdAt: string
  /** Of the system that answered; null where it was not told. */
  readonly systemHash: string | null
  readonly outcome: Outcome
  readonly checks: readonly ConsistencyCheck[]
}

/** How far the sides are from a backend that is trusted, such as one in float32. */
export interface ReferenceReport {
  readonly backend: string
  readonly comparisonId: string
  readonly arms: readonly {
    readonly label: string
    readonly rmsDeltaLogprob: number | null
    readonly maxAbsDeltaScore: number | null
  }[]
  /** Labels of the sides that are further from it than another one, beyond what chance explains. */
  readonly off: readonly string[]
  readonly sentence: string
}
