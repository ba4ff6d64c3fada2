/** Filters of a run list, newest first. Values that match nothing give an empty page. */
export interface RunQuery {
  /** 1 to 1000. */
  readonly limit: number
  readonly cursor?: string
  readonly backend?: string
  readonly kind?: string
  readonly status?: string
  readonly tag?: string
  /** The runs tagged `suite:NAME`. */
  readonly suite?: string
  readonly provenance?: string
  /** Created at this RFC 3339 time or later. */
  readonly since?: string
  /** Substring of id, title, note, backend or tag, in either case. */
  readonly q?: string
  /** Default false: archived runs are listed only when asked for, and then alone. */
  readonly archived?: boolean
}
