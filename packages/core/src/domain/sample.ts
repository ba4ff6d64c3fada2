/** One measured request inside a run. Times in milliseconds; null = not known. */
export interface Sample {
  /** Offset of the (intended) send from the start of the measurement. */
  readonly startMs: number | null
  /** Time to first token. */
  readonly ttftMs: number | null
  /** Inter-token latencies, one per token after the first. */
  readonly itlMs: readonly number[] | null
  /** End-to-end latency. */
  readonly e2eMs: number | null
  readonly inputTokens: number | null
  readonly outputTokens: number | null
  readonly error: string | null
}
