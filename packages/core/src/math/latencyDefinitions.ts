/** One event of a streamed answer; times in one unit from one clock. */
export interface StreamEvent {
  readonly t: number
  /** Text that this event carries; "" where it carries none. */
  readonly text: string
  /** The event is a completion chunk, not a usage report or the end mark. */
  readonly isChunk: boolean
  /** Tokens generated up to this event, where the stream says. */
  readonly tokens: number | null
}

/** What the field's clients report for one and the same stream. */
export interface LatencyDefinitions {
  readonly sglangOpenAi: {
    readonly ttft: number | null
    readonly e2e: number
    readonly itl: readonly number[]
    readonly tpot: number | null
  }
  readonly sglangNative: LatencyDefinitions["sglangOpenAi"]
  readonly vllm: LatencyDefinitions["sglangOpenAi"]
  readonly aiperf: {
    readonly ttft: number | null
    readonly e2e: number | null
    readonly itl: number | null
    readonly chunkGaps: readonly number[]
    readonly secondToken: number | null
  }
  /** Ours: text-bearing events only, token-weighted gaps, the queue in front of the send kept apart. */
  readonly studio: {
    readonly ttft: number | null
    readonly e2e: number | null
    readonly streamEnd: number
    readonly tpot: number | null
    readonly itl: readonly number[]
    readonly chunkGaps: readonly number[]
    readonly sendLag: number
    readonly ttftFromIntended: number | null
  }
}

/** `intended`: when the schedule wanted the request sent; `outputTokens`: the server's own count. */
export const latencyDefinitions = (
  events: readonly StreamEvent[],
  { intended, sent, outputTokens }: { intended: number; sent: number; outputTokens: number }
): LatencyDefinitions => {
  const textual = events.filter(({ text }) => text !== "")
  const chunks = events.filter(({ isChunk }) => isChunk)
  const streamEnd = (events.at(-1)?.t ?? sent) - sent
  const [first, last] = [timeOf(textual[0], sent), timeOf(textual.at(-1), sent)]
  const [firstChunk, lastChunk] = [timeOf(chunks[0], sent), timeOf(chunks.at(-1), sent)]
  const perToken = (from: number | null, to: number | null): number | null =>
    from === null || to === null || outputTokens < 2 ? null : (to - from) / (outputTokens - 1)
  const chunkGaps = gaps(textual)
  return {
    sglangOpenAi: { ttft: first, e2e: streamEnd, itl: chunkGaps, tpot: perToken(first, streamEnd) },
    sglangNative: { ttft: first, e2e: streamEnd, itl: tokenGaps(textual), tpot: perToken(first, streamEnd) },
    vllm: { ttft: firstChunk, e2e: lastChunk ?? streamEnd, itl: gaps(chunks), tpot: perToken(firstChunk, lastChunk) },
    aiperf: { ttft: first, e2e: last, itl: perToken(first, last), chunkGaps, secondToken: chunkGaps[0] ?? null },
    studio: {
      ttft: first,
      e2e: last,
      streamEnd,
      tpot: perToken(first, last),
      itl: tokenGaps(textual),
      chunkGaps,
      sendLag: sent - intended,
      ttftFromIntended: first === null ? null : first + sent - intended
    }
  }
}

const timeOf = (event: StreamEvent | undefined, sent: number): number | null =>
  event === undefined ? null : event.t - sent

const gaps = (events: readonly StreamEvent[]): readonly number[] =>
  events.slice(1).map((event, i) => event.t - events[i]!.t)

/** A gap is shared among the tokens that came with it. */
const tokenGaps = (events: readonly StreamEvent[]): readonly number[] =>
  events.slice(1).flatMap((event, i) => {
    const before = events[i]!
    const tokens = event.tokens === null || before.tokens === null ? 1 : Math.max(1, event.tokens - before.tokens)
    return Array.from({ length: tokens }, () => (event.t - before.t) / tokens)
  })
