/**
 * Probabilities over the labels alone, from their logprobs. What all labels share (the normalisation of the whole
 * vocabulary) cancels. All impossible gives NaN for each: there is no distribution to speak of.
 */
export const labelSoftmax = (logprobs: readonly number[]): readonly number[] => {
  const highest = Math.max(...logprobs)
  const weights = logprobs.map((logprob) => Math.exp(logprob - highest))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return weights.map((weight) => weight / total)
}
