/** A normalised number. `definition` names the entry of the metric dictionary that says how it was computed. */
export interface Metric {
  readonly value: number
  readonly unit: string
  readonly definition: string
}

export type Metrics = { readonly [name: string]: Metric }
