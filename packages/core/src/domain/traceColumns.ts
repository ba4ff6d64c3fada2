import type { TraceSemantics } from "./trace.ts"

/**
 * A whole token trace in memory: typed columns of equal length, made for comparison.
 * `logprobs`: NaN = no value (first position), -Infinity = impossible token. `ranks`: 0 = not known.
 */
export interface TraceColumns {
  readonly case: string
  readonly promptLength: number
  readonly semantics: TraceSemantics
  readonly length: number
  readonly ids: Int32Array
  readonly tokens: readonly (string | null)[]
  readonly logprobs: Float64Array
  readonly ranks: Int32Array
  readonly top: TopColumns | null
}

/** Row-major `length x k`; unused slots have id -1 and logprob NaN. */
export interface TopColumns {
  readonly k: number
  readonly ids: Int32Array
  readonly logprobs: Float64Array
}
