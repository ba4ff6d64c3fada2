import type { RunRecord } from "../compare/Arms.ts"

/** Requests that failed among those that were sent. */
export interface Failures {
  readonly hits: number
  readonly n: number
}

/** Over all runs; null where a run does not tell. */
export const failuresOf = (records: readonly RunRecord[]): Failures | null => {
  let [hits, n] = [0, 0]
  for (const { run } of records) {
    const [failed, sent] = [run.metrics["failed"]?.value, run.metrics["sent"]?.value]
    if (failed === undefined || sent === undefined) return null
    hits += failed
    n += sent
  }
  return n === 0 ? null : { hits, n }
}
