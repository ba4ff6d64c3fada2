import { StoreError } from "../StoreError.ts"
import type { Database } from "./Database.ts"
import { prepared, sql } from "./sql.ts"

export const ordinalOf = (db: Database, runId: string): number => {
  const row = db.first(selectOrdinal({ id: runId }))
  if (row === undefined) throw runNotFound(runId)
  return row.ordinal
}

/** The one id in the table that starts with the prefix. */
export const fullId = (db: Database, table: Table, prefix: string): string => {
  const wanted = prefix.toLowerCase()
  const ids = db
    .all(
      sql
        .selectFrom(table)
        .select("id")
        .where("id", ">=", wanted)
        .where("id", "<", `${wanted}\uffff`)
        .orderBy("id")
        .limit(candidatesShown + 1)
    )
    .map((row) => row.id)
  const [first, second] = ids
  if (first === undefined || wanted === "") throw notFound(table, prefix)
  if (second !== undefined) throw ambiguous(table, prefix, ids)
  return first
}

const candidatesShown = 4

export const runNotFound = (id: string): StoreError => notFound("runs", id)

type Table = "runs" | "comparisons" | "cases" | "campaigns"

export const notFound = (table: Table, id: string): StoreError =>
  new StoreError({ reason: "not-found", message: `No ${nouns[table]} ${id}`, hint: hints[table] })

const nouns = {
  runs: "run with id",
  comparisons: "comparison with id",
  cases: "case with the name or id",
  campaigns: "campaign with id"
}
const hints = {
  runs: "`studio runs list` shows the ids.",
  comparisons: null,
  cases: "`studio cases list` shows the names and ids.",
  campaigns: "`studio campaigns list` shows the ids."
}

const ambiguous = (table: Table, prefix: string, ids: readonly string[]): StoreError =>
  new StoreError({
    reason: "ambiguous-id",
    message: `Several ${table} begin with ${prefix}: ${ids.slice(0, candidatesShown).join(", ")}${ids.length > candidatesShown ? ", ..." : ""}`,
    hint: "Give more characters of the id."
  })

const selectOrdinal = prepared(({ id }: { id: string }) =>
  sql.selectFrom("runs").select("ordinal").where("id", "=", id)
)
