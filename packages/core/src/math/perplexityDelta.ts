/** Change of perplexity from A to B over the same tokens. */
export interface PerplexityDelta {
  readonly n: number
  /** ln (perplexity B / perplexity A) = mean difference of the negative log-likelihoods. */
  readonly lnRatio: number
  /** As if tokens were independent; null for fewer than two. */
  readonly seIid: number | null
  /** Robust against dependence within a group (prompt); null for fewer than two groups. */
  readonly seCluster: number | null
  readonly clusters: number
  readonly perplexityA: number
  readonly perplexityB: number
  readonly ratio: number
}

/** `group[i]` names the prompt of token i; without groups every token stands alone. Null for no tokens. */
export const perplexityDelta = (
  nllA: readonly number[],
  nllB: readonly number[],
  group: readonly number[] | null = null
): PerplexityDelta | null => {
  const n = nllA.length
  if (n === 0) return null
  const deltas = nllA.map((nll, i) => nllB[i]! - nll)
  const lnRatio = sum(deltas) / n
  const residuals = deltas.map((delta) => delta - lnRatio)
  const groups = [...Map.groupBy(residuals.keys(), (i) => group?.[i] ?? i).values()]
  const between = sum(groups.map((members) => sum(members.map((i) => residuals[i]!)) ** 2))
  return {
    n,
    lnRatio,
    seIid: n < 2 ? null : Math.sqrt(sum(residuals.map((r) => r * r)) / (n - 1) / n),
    seCluster: groups.length < 2 ? null : Math.sqrt((groups.length / (groups.length - 1)) * between) / n,
    clusters: groups.length,
    perplexityA: Math.exp(sum(nllA) / n),
    perplexityB: Math.exp(sum(nllB) / n),
    ratio: Math.exp(lnRatio)
  }
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
