/** Whether logprobs are those of the raw logits, or of logits divided by the sampling temperature. */
export type TraceSemantics = "raw" | "temperature"

/** The alternatives at each position, best first; an empty row where the backend gave none. */
export interface TopTokens {
  readonly k: number
  /** Shape: positions x (0..k). */
  readonly ids: readonly (readonly number[])[]
  /** Natural log; shape as `ids`. Null = minus infinity. */
  readonly logprobs: readonly (readonly (number | null)[])[]
}

/**
 * A piece of a token trace as an adapter hands it over: columns of equal length, in order, any size.
 * A null logprob at position 0 of a case means "no value"; anywhere else it means minus infinity.
 */
export interface TraceChunk {
  readonly case: string
  /** Tokens of the prompt; positions from here on are generated. */
  readonly promptLength: number
  readonly semantics: TraceSemantics
  /** Position of the first row of this chunk within the case. */
  readonly from: number
  readonly ids: readonly number[] | Int32Array
  readonly tokens: readonly (string | null)[]
  /** Natural log. */
  readonly logprobs: readonly (number | null)[] | Float64Array
  /** 1 = the most likely token; null = not known. */
  readonly ranks: readonly (number | null)[] | null
  readonly top: TopTokens | null
}

/** A slice of a stored trace: the same columns, positions `[from, to)`. */
export interface TraceSlice {
  readonly case: string
  readonly promptLength: number
  /** Positions of the whole case. */
  readonly length: number
  readonly semantics: TraceSemantics
  readonly from: number
  readonly to: number
  readonly ids: readonly number[]
  readonly tokens: readonly (string | null)[]
  readonly logprobs: readonly (number | null)[]
  readonly ranks: readonly (number | null)[]
  readonly top: TopTokens | null
}

/** What a run says of each of its traces without their rows. */
export interface TraceHeader {
  readonly case: string
  readonly promptLength: number
  readonly length: number
  readonly semantics: TraceSemantics
}
