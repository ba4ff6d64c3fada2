import type { Comparison } from "../../domain/comparison.ts"
import type { ConsistencyReport, ParityLevel, ReferenceReport, parityStages } from "../../domain/parity.ts"
import type { CaseSpec } from "../../domain/parityCase.ts"
import type { Run } from "../../domain/run.ts"

/** What a parity check is about, and how thorough it is. */
export interface ParityOptions {
  /** Names or specs; the first is the baseline. One alone only with `self`. */
  readonly backends: readonly string[]
  /** Default: the stored ones; where there are none, a few that every model can take. */
  readonly cases?: readonly CaseSpec[]
  /** Ask every backend in all ways that it can be asked, and report what it says of itself. */
  readonly self?: boolean
  /** How often each side is measured against itself, in other company, order and cache state; default 2. */
  readonly noiseFloor?: number
  /** A backend that is trusted, such as one in float32: tells which side is off. */
  readonly reference?: string
  /** Greedy tokens after each prompt; default 16. */
  readonly maxNewTokens?: number
  /** Refuse what a gate must not judge (`mock-refused`) before anything is run. */
  readonly gate?: boolean
  readonly allowMock?: boolean
  readonly tags?: readonly string[]
  /** Per run; default 5 minutes. */
  readonly timeoutMs?: number
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: ParityProgress) => void
}

export interface ParityProgress {
  readonly stage: (typeof parityStages)[number]
  /** Runs of this stage. */
  readonly done: number
  readonly total: number
}

/** What a parity check found. */
export interface ParityReport {
  readonly comparison: Comparison
  readonly levels: readonly ParityLevel[]
  /** Everything that was run, in the order in which it was asked. */
  readonly runs: readonly Run[]
  /** With `self`: one per backend. */
  readonly selfChecks: readonly ConsistencyReport[]
  readonly reference: ReferenceReport | null
}

/** Which of a comparison's suggested checks to make; left out: all, for the cases that part worst. */
export interface ConfirmOptions extends Pick<ParityOptions, "timeoutMs" | "signal" | "onProgress"> {
  readonly case?: string
  /** As the divergences name them: "repeat", "batch of 1", "flush cache and retry". */
  readonly actions?: readonly string[]
}

/** Which stored cases to put to the backends; neither: all. */
export type RunCases = Omit<ParityOptions, "cases"> & { readonly ids?: readonly string[]; readonly tag?: string }
