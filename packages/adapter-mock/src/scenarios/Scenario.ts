import type { MaskChoice, RunEvent, Sample } from "@sglang-studio/core/adapter"
import type { Logits } from "../model/logits.ts"
import type { Seat } from "../Seat.ts"

/** Where in a run a distribution is computed. */
export interface Place extends Seat {
  /** Hash of the tokens before. */
  readonly context: number
  readonly position: number
}

/** What a running scenario may use of its run. */
export interface RunContext {
  readonly signal: AbortSignal
  log(line: string): void
}

/** Everything that a scenario can plant; each plants one of these, the others are those of a sound backend. */
export interface Behaviour {
  /** Token ids of a text, without special tokens. */
  readonly tokenize: (text: string) => readonly number[]
  /** Puts special tokens around a prompt that was given as text. */
  readonly frame: (ids: readonly number[]) => readonly number[]
  /** Masks that a score may ask for. */
  readonly masks: readonly MaskChoice["preset"][]
  /** The part of the input that the model gets to see. */
  readonly see: (ids: readonly number[]) => readonly number[]
  readonly logits: (logits: Logits, place: Place) => Logits
  /** The log-probability as the backend stores it. */
  readonly logprob: (logprob: number) => number
  /** What a benchmark's client gets to see of the requests that were asked for. */
  readonly samples: (samples: readonly Sample[]) => readonly Sample[]
  readonly events: (events: AsyncIterable<RunEvent>, context: RunContext) => AsyncIterable<RunEvent>
}

/** Keys that only some scenarios take, with their defaults. */
export interface OwnKeys {
  readonly value?: number
  readonly at?: number
  readonly grid?: boolean
}

export interface Scenario {
  readonly name: string
  /** What it plants, in words. */
  readonly plants: string
  readonly keys: OwnKeys
  readonly behave: (keys: Required<OwnKeys>, seed: number) => Partial<Behaviour>
}
