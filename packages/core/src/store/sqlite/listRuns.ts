import { type RawBuilder, sql as fragment } from "kysely"
import type { RunSummary } from "../../domain/run.ts"
import type { RunQuery } from "../RunQuery.ts"
import { StoreError } from "../StoreError.ts"
import type { Database } from "./Database.ts"
import { filedStatus } from "./filing.ts"
import { readSummary, summaryColumns } from "./runRow.ts"
import { searchForm, trigramsOf } from "./searchText.ts"
import { sql } from "./sql.ts"

export interface RunPage {
  readonly items: readonly RunSummary[]
  readonly nextCursor: string | null
}

/** Newest first; a page begins after the run that its cursor names, whatever was added meanwhile. */
export const listRuns = (db: Database, query: RunQuery): RunPage => {
  const limit = Math.min(Math.max(Math.trunc(query.limit), 1), maxLimit)
  const range = { from: firstSince(db, query.since), before: readCursor(query.cursor), limit: limit + 1 }
  const ordinals = query.q ? containing(query, searchForm(query.q), range) : newest(query, range)
  const rows = db.all(
    sql
      .selectFrom("runs")
      .select("ordinal")
      .select(summaryColumns)
      .where("ordinal", "in", ordinals)
      .orderBy("ordinal", "desc")
      .limit(range.limit)
  )
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return { items: page.map(readSummary), nextCursor: rows.length > limit && last ? writeCursor(last.ordinal) : null }
}

const maxLimit = 1000

/** Of the ordinals `[from, before)` that match, the last `limit`. */
interface Range {
  readonly from: number
  readonly before: number
  readonly limit: number
}

type Ordinals = RawBuilder<number>

/** The newest runs of each facet that the query names: the page is among them, and nothing else is looked at. */
const newest = (query: RunQuery, { from, before, limit }: Range): Ordinals => {
  const [tag, ...otherTags] = tagsOf(query)
  const ofFacet =
    tag === undefined ? fragment`runs AS filed WHERE` : fragment`run_tags AS filed WHERE filed.tag = ${tag} AND`
  return fragment<number>`(
    SELECT runs.ordinal FROM facets JOIN runs ON runs.ordinal IN (
      SELECT filed.ordinal FROM ${ofFacet} filed.facet = facets.id
        AND filed.ordinal >= ${from} AND filed.ordinal < ${before} ${tagged(otherTags)} ${inState(query)}
      ORDER BY filed.ordinal DESC LIMIT ${limit}
    ) WHERE ${facetMatches(query)}
  )`
}

/** The newest runs whose text has this in it, of those that match otherwise. Text too short for the index is scanned for. */
const containing = (query: RunQuery, text: string, { from, before, limit }: Range): Ordinals => {
  const trigrams = trigramsOf(text)
  const source =
    trigrams === ""
      ? fragment`runs AS filed WHERE`
      : fragment`run_search JOIN runs AS filed ON filed.ordinal = run_search.rowid WHERE run_search MATCH ${trigrams} AND`
  const place = fragment.ref(trigrams === "" ? "filed.ordinal" : "run_search.rowid")
  return fragment<number>`(
    SELECT ${place} FROM ${source} ${place} >= ${from} AND ${place} < ${before}
      AND instr(filed.search, ${text}) > 0 ${tagged(tagsOf(query))} ${inState(query)}
      AND +filed.facet IN (SELECT id FROM facets WHERE ${facetMatches(query)})
    ORDER BY ${place} DESC LIMIT ${limit}
  )`
}

const facetMatches = ({ backend, kind, status, provenance, archived }: RunQuery) => {
  const wanted = {
    backend,
    kind,
    status: status && filedStatus(status),
    provenance,
    archived: Number(archived === true)
  }
  const conditions = Object.entries(wanted).flatMap(([column, value]) =>
    value === undefined ? [] : [fragment`facets.${fragment.ref(column)} = ${value}`]
  )
  return fragment.join(conditions, fragment` AND `)
}

/** Needed where runs of several states are filed together. */
const inState = ({ status }: RunQuery) =>
  status === undefined || filedStatus(status) === status
    ? fragment``
    : fragment`AND EXISTS (SELECT 1 FROM runs AS own WHERE own.ordinal = filed.ordinal AND own.status = ${status})`

const tagged = (tags: readonly string[]) =>
  fragment.join(
    tags.map(
      (tag) => fragment`AND EXISTS (
        SELECT 1 FROM run_tags AS t WHERE t.tag = ${tag} AND t.facet = filed.facet AND t.ordinal = filed.ordinal
      )`
    ),
    fragment` `
  )

const tagsOf = ({ tag, suite }: RunQuery): readonly string[] => [
  ...(tag === undefined ? [] : [tag]),
  ...(suite === undefined ? [] : [`suite:${suite}`])
]

/** The first run at or after the time; the order of creation is the order of time. */
const firstSince = (db: Database, since: string | undefined): number => {
  if (since === undefined) return 0
  const first = db.first(
    sql.selectFrom("runs").select("ordinal").where("created_at", ">=", utc(since)).orderBy("created_at").limit(1)
  )
  return first?.ordinal ?? Number.MAX_SAFE_INTEGER
}

/** Stored times are UTC with milliseconds, so that text order is time order. */
const utc = (time: string): string => {
  const at = new Date(time)
  return Number.isNaN(at.getTime()) ? time : at.toISOString()
}

const writeCursor = (ordinal: number): string => Buffer.from(`r${ordinal}`).toString("base64url")

const readCursor = (cursor: string | undefined): number => {
  if (cursor === undefined) return Number.MAX_SAFE_INTEGER
  const match = /^r(\d{1,15})$/u.exec(Buffer.from(cursor, "base64url").toString("latin1"))
  if (match !== null) return Number(match[1])
  throw new StoreError({
    reason: "invalid-cursor",
    message: `"${cursor.slice(0, 40)}" is not a cursor of a run list`,
    hint: "Take `next_cursor` of the previous page as it is, or leave it out to begin at the newest run."
  })
}
