/** Why two engines chose other tokens after the same context, as far as their top-k lists tell. */
export interface DivergenceClass {
  /** By how much A prefers its own token to B's, in nats; null where B's token is not on A's list. */
  readonly gapA: number | null
  readonly gapB: number | null
  /** Change of log-odds between the two tokens from one engine to the other. */
  readonly swing: number
  /** A missing token was put at the end of the list: the swing is at least this. */
  readonly swingIsLowerBound: boolean
  readonly class: "near-tie" | "genuine" | "unknown"
}

/**
 * Classifies a split by its swing: within `tau` either choice is right, beyond it the engines disagree.
 *
 * `a` and `b` map token ids to logprobs at the split. Use it at the first divergence only: later tokens have other
 * contexts.
 */
export const divergenceClass = (
  a: ReadonlyMap<number, number>,
  b: ReadonlyMap<number, number>,
  tokenA: number,
  tokenB: number,
  tau: number
): DivergenceClass => {
  const gapA = gap(a, tokenA, tokenB)
  const gapB = gap(b, tokenB, tokenA)
  const swing = (gapA ?? span(a)) + (gapB ?? span(b))
  const swingIsLowerBound = gapA === null || gapB === null
  return {
    gapA,
    gapB,
    swing,
    swingIsLowerBound,
    class: swing > tau ? "genuine" : swingIsLowerBound ? "unknown" : "near-tie"
  }
}

const gap = (logprobs: ReadonlyMap<number, number>, own: number, other: number): number | null => {
  const ownLogprob = logprobs.get(own)
  const otherLogprob = logprobs.get(other)
  return ownLogprob === undefined || otherLogprob === undefined ? null : ownLogprob - otherLogprob
}

/** From the best entry to the last one: a token off the list is at least this far below the best. */
const span = (logprobs: ReadonlyMap<number, number>): number => {
  const values = [...logprobs.values()]
  return values.length === 0 ? 0 : Math.max(...values) - Math.min(...values)
}
