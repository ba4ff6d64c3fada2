import { faultAt, type Fault } from "./Fault.ts"
import { aTokenId, isTokenId } from "./values.ts"

/** What is wrong with the ids of so many texts; null when nothing is. */
export const tokensFault = (rows: unknown, texts: number): Fault | null => {
  if (!Array.isArray(rows)) return faultAt("", rows, "a list of ids for each text")
  if (rows.length !== texts) return faultAt("length", rows.length, `${texts}, one for each text`)
  for (const [index, ids] of rows.entries()) {
    if (!Array.isArray(ids)) return faultAt(`[${index}]`, ids, "a list of ids")
    const bad = ids.findIndex((id) => !isTokenId(id))
    if (bad !== -1) return faultAt(`[${index}][${bad}]`, ids[bad], aTokenId)
  }
  return null
}
