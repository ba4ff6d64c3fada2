import type { ExpressionBuilder } from "kysely"
import type { RunSummary } from "../../domain/run.ts"
import type { RunQuery } from "../RunStore.ts"
import { StoreError } from "../StoreError.ts"
import type { Database } from "./Database.ts"
import { readSummary, summaryColumns } from "./runRow.ts"
import type { Tables } from "./Tables.ts"
import { sql } from "./sql.ts"

export interface RunPage {
  readonly items: readonly RunSummary[]
  readonly nextCursor: string | null
}

/** Newest first; a page begins after the run that its cursor names, whatever was added meanwhile. */
export const listRuns = (db: Database, query: RunQuery): RunPage => {
  const limit = Math.min(Math.max(Math.trunc(query.limit), 1), maxLimit)
  const rows = db.all(filtered(query).limit(limit + 1))
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return { items: page.map(readSummary), nextCursor: rows.length > limit && last ? writeCursor(last.ordinal) : null }
}

const maxLimit = 1000

const filtered = (query: RunQuery) => {
  let runs = sql
    .selectFrom("runs")
    .select("ordinal")
    .select(summaryColumns)
    .where("archived", "=", Number(query.archived === true))
    .orderBy("ordinal", "desc")
  if (query.cursor !== undefined) runs = runs.where("ordinal", "<", readCursor(query.cursor))
  if (query.backend !== undefined) runs = runs.where("backend", "=", query.backend)
  if (query.kind !== undefined) runs = runs.where("kind", "=", query.kind)
  if (query.status !== undefined) runs = runs.where("status", "=", query.status)
  if (query.provenance !== undefined) runs = runs.where("provenance", "=", query.provenance)
  if (query.since !== undefined) runs = runs.where("created_at", ">=", utc(query.since))
  if (query.q !== undefined) runs = runs.where(contains(query.q.toLowerCase()))
  for (const tag of tagsOf(query)) {
    runs = runs.where("ordinal", "in", (of) => of.selectFrom("run_tags").select("run").where("tag", "=", tag))
  }
  return runs
}

const tagsOf = ({ tag, suite }: RunQuery): readonly string[] => [
  ...(tag === undefined ? [] : [tag]),
  ...(suite === undefined ? [] : [`suite:${suite}`])
]

const contains = (text: string) => (is: ExpressionBuilder<Tables, "runs">) =>
  is(is.fn<number>("instr", ["search", is.val(text)]), ">", 0)

/** Stored times are UTC with milliseconds, so that text order is time order. */
const utc = (time: string): string => {
  const at = new Date(time)
  return Number.isNaN(at.getTime()) ? time : at.toISOString()
}

const writeCursor = (ordinal: number): string => Buffer.from(`r${ordinal}`).toString("base64url")

const readCursor = (cursor: string): number => {
  const match = /^r(\d{1,15})$/u.exec(Buffer.from(cursor, "base64url").toString("latin1"))
  if (match === null) {
    throw new StoreError({
      reason: "invalid-cursor",
      message: `"${cursor.slice(0, 40)}" is not a cursor of a run list`,
      hint: "Take `next_cursor` of the previous page as it is, or leave it out to begin at the newest run."
    })
  }
  return Number(match[1])
}
