import type { Comparison } from "../../domain/comparison.ts"
import type { Database } from "./Database.ts"
import { fullId, notFound } from "./ids.ts"
import { readObject } from "./json.ts"
import { sql } from "./sql.ts"

/** The same arms compared again take the place of what was there, as the newest. */
export const saveComparison = (db: Database, comparison: Comparison): void => {
  db.run(
    sql
      .insertInto("comparisons")
      .orReplace()
      .values({ id: comparison.id, body: JSON.stringify(comparison) })
  )
}

export const findComparison = (db: Database, prefix: string): Comparison => {
  const id = fullId(db, "comparisons", prefix)
  const row = db.first(sql.selectFrom("comparisons").select("body").where("id", "=", id))
  if (row === undefined) throw notFound("comparisons", id)
  return readComparison({ id, body: row.body })
}

/** Newest first. */
export const listComparisons = (db: Database, limit: number): readonly Comparison[] =>
  db
    .all(sql.selectFrom("comparisons").select(["id", "body"]).orderBy("ordinal", "desc").limit(limit))
    .map(readComparison)

/** Those that were stored before there were levels, p-values, provenances or words of gates have none. */
const readComparison = ({ id, body }: { readonly id: string; readonly body: string }): Comparison => {
  const stored = readObject<Omit<Comparison, "levels" | "provenances"> & Partial<Comparison>>(body, `comparison ${id}`)
  const metrics = stored.metrics.map((metric) => ({ ...metric, p: metric.p ?? null }))
  const gates = stored.gates.map((gate) => ({ ...gate, message: gate.message ?? "" }))
  return { ...stored, gates, provenances: stored.provenances ?? [], levels: stored.levels ?? [], metrics }
}
