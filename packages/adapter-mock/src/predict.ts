import { nextLogits, type Context } from "./model/languageModel.ts"
import { logprobOf, rankOf, softmax, tokenAt, topOf } from "./model/logits.ts"
import type { Behaviour, Place } from "./scenarios/Scenario.ts"

/** What the backend says of the next token. */
export interface Prediction {
  readonly logprob: (id: number) => number
  /** The k most likely tokens, best first. */
  readonly top: (k: number) => { readonly ids: readonly number[]; readonly logprobs: readonly number[] }
  /** 1 + the number of tokens that are more likely. */
  readonly rank: (id: number) => number
  /** The token at a quantile of the distribution at a temperature. */
  readonly sample: (temperature: number, quantile: number) => number
}

export const predict = (behaviour: Behaviour, context: Context, place: Omit<Place, "context">): Prediction => {
  const logits = behaviour.logits(nextLogits(context), { ...place, context: context.hash })
  const distribution = softmax(logits)
  const logprob = (id: number): number => behaviour.logprob(logprobOf(distribution, id))
  return {
    logprob,
    top: (k) => {
      // What a backend stores can tie where logits did not: it orders what it has stored.
      const best = topOf(distribution, k).map((id) => ({ id, logprob: logprob(id) }))
      best.sort((a, b) => b.logprob - a.logprob || a.id - b.id)
      return { ids: best.map(({ id }) => id), logprobs: best.map((token) => token.logprob) }
    },
    rank: (id) => rankOf(distribution, id),
    sample: (temperature, quantile) =>
      tokenAt(softmax({ ...logits, temperature: logits.temperature * temperature }), quantile)
  }
}
