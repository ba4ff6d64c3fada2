/** What a metric is, whoever measures it. */
export interface MetricDefinition {
  /** Short name for a column or a card. */
  readonly label: string
  readonly unit: string
  /** Which way is better; null where neither is. */
  readonly better: "lower" | "higher" | null
  readonly meaning: string
  readonly formula: string
  /** Has one value per request: a run then reports `NAME.mean`, `NAME.p50` and so on. */
  readonly perRequest: boolean
  /** How others define what they call the same; left out where they agree. */
  readonly peers?: { readonly [tool: string]: string }
}
