/** Estimates of KL(A || B) from tokens drawn from A. */
export interface SampledKl {
  /** -mean r: unbiased, high variance. */
  readonly k1: number
  /** mean r^2 / 2: biased, low variance. */
  readonly k2: number
  /** mean (e^r - 1 - r): unbiased, never negative. */
  readonly k3: number
}

/**
 * `sampler` and `other` are the logprobs that A and B give to the same tokens, drawn from A at temperature 1 without
 * truncation; under greedy decoding the numbers are a discrepancy and no KL. Null for no tokens.
 */
export const sampledKl = (sampler: readonly number[], other: readonly number[]): SampledKl | null => {
  const n = sampler.length
  if (n === 0) return null
  const ratios = sampler.map((logprob, i) => other[i]! - logprob)
  const mean = (of: (r: number) => number): number => ratios.reduce((sum, r) => sum + of(r), 0) / n
  return { k1: mean((r) => -r), k2: mean((r) => (r * r) / 2), k3: mean((r) => Math.expm1(r) - r) }
}
