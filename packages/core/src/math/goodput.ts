/** One request as an objective sees it; null = the metric does not apply (one token has no time per token). */
export interface JudgedRequest {
  readonly ok: boolean
  readonly metrics: { readonly [metric: string]: number | null }
}

export interface Goodput {
  readonly good: number
  /** Good requests per second. */
  readonly goodput: number | null
  /** Good requests / all that were sent; failures count as sent. */
  readonly attainment: number | null
}

/** A request is good when it succeeded and meets every limit; `missing` says what a metric that does not apply means. */
export const goodput = (
  requests: readonly JudgedRequest[],
  limits: { readonly [metric: string]: number },
  seconds: number,
  missing: "ignored" | "missed" = "ignored"
): Goodput => {
  const good = requests.filter(
    ({ ok, metrics }) =>
      ok &&
      Object.entries(limits).every(([metric, limit]) => {
        const value = metrics[metric] ?? null
        return value === null ? missing === "ignored" : value <= limit
      })
  ).length
  return {
    good,
    goodput: seconds > 0 ? good / seconds : null,
    attainment: requests.length === 0 ? null : good / requests.length
  }
}
