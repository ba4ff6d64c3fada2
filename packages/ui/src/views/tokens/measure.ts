import type { TraceRow } from "../../model/tracePages.ts"
import type { Measure } from "./TokenPanel.tsx"

/** The value of a row in the measure on screen; an impossible token has none to draw. */
export const measured = (row: TraceRow | null, measure: Measure): number | null => {
  if (row === null) return null
  if (measure === "rank") return row.rank
  if (row.logprob === null) return null
  return measure === "nll" ? -row.logprob : row.logprob
}

export const measureWord: Record<Measure, string> = { logprob: "logprob", nll: "NLL", rank: "rank" }
