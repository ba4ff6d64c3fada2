import type { Outcome } from "./verdict.ts"
import type { ScoreInput } from "./workload.ts"

/** The part of a score that a case keeps; how it is sent is the protocol's business. */
export type ScoreCase = Pick<ScoreInput, "query" | "items" | "labels" | "labelTokenIds" | "applySoftmax" | "itemFirst">

/** What a case asks: its only key says how. */
export type CaseInput =
  | { readonly prompt: string }
  | { readonly inputIds: readonly number[] }
  | { readonly score: ScoreCase }

/** A named input whose answer two backends should share. */
export type CaseSpec = CaseInput & {
  readonly name: string
  /** Largest |d logprob| or |d score| that is allowed; null: the tolerance of the comparison. */
  readonly tolerance: number | null
  readonly tags: readonly string[]
}

/** How a case ended the last time that it was put to two backends. */
export interface CaseVerdict {
  readonly baseline: string
  readonly candidate: string
  readonly outcome: Outcome
  /** Largest |d logprob| or |d score|, also of a side from itself where the case fails by that; null: none to compare. */
  readonly maxAbsDelta: number | null
  readonly comparisonId: string
  readonly at: string
}

/** A stored case; its name is its own. */
export type ParityCase = CaseSpec & {
  readonly id: string
  readonly createdAt: string
  readonly updatedAt: string
  /** One per pair of backends. */
  readonly verdicts: readonly CaseVerdict[]
}
