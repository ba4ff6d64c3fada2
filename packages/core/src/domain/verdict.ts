import type { JsonObject } from "./json.ts"

export type Outcome = "pass" | "fail" | "inconclusive"

export interface Reason {
  readonly code: string
  readonly message: string
  readonly evidence: JsonObject
}

/** The outcome of a comparison in one sentence, with what it rests on. Missing data never passes. */
export interface Verdict {
  readonly outcome: Outcome
  readonly sentence: string
  readonly reasons: readonly Reason[]
  /** What would settle an inconclusive verdict; names a number. */
  readonly wouldDecide: string | null
}
