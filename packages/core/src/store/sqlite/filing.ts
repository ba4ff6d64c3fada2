import { type Insertable, type Selectable, sql as fragment } from "kysely"
import { isFinished, type Run, runStatuses } from "../../domain/run.ts"
import type { Database } from "./Database.ts"
import { readArray } from "./json.ts"
import { searchText } from "./searchText.ts"
import { prepared, raw, sql } from "./sql.ts"
import type { FacetsTable, RunSearchTable, RunsTable } from "./Tables.ts"

/** Where a list finds a run: columns of its row that follow from others. */
export interface Place {
  readonly facet: number
  readonly search: string
}

type Facet = Omit<FacetsTable, "id">

/** Columns of `runs` by which a run is filed. */
export const filedColumns = [
  "id",
  "backend",
  "kind",
  "status",
  "provenance",
  "archived",
  "tags",
  "title",
  "note",
  "facet",
  "search"
] as const satisfies readonly (keyof RunsTable)[]

type FiledRow = Pick<Selectable<RunsTable>, (typeof filedColumns)[number]>

/** The status by which a run is filed: while it is unfinished it stays in one place, since it soon moves on. */
export const filedStatus = (status: string): string => (unfinished.includes(status) ? "unfinished" : status)

const unfinished: readonly string[] = runStatuses.filter((status) => !isFinished(status))

/** The id of this combination of filtered values; it is made when it occurs first. */
export const facetId = (db: Database, run: Facet): number => {
  const facet = { ...run, status: filedStatus(run.status) }
  return db.first(selectFacet(facet))?.id ?? db.run(insertFacet(facet))
}

/** Puts a new run where lists will look for it; `tags` is a JSON array, as in its row. */
export const fileRun = (db: Database, run: number, { facet, search }: Place, tags: string): void => {
  if (tags !== noTags) db.run(insertTags({ run, facet, tags }))
  db.run(insertSearch({ rowid: run, search }))
}

/** Moves a run to where lists will look for it once these changes are written; null when they move nothing. */
export const refile = (db: Database, run: number, before: FiledRow, changes: Partial<Run>): Place | null => {
  const { status, provenance, archived, tags, note } = changes
  const moves = status !== undefined && isFinished(status)
  if (!moves && [provenance, archived, tags, note].every((value) => value === undefined)) return null
  const { backend, kind } = before
  const facet = facetId(db, {
    backend,
    kind,
    status: status ?? before.status,
    provenance: provenance ?? before.provenance,
    archived: archived === undefined ? before.archived : Number(archived)
  })
  if (facet !== before.facet || tags !== undefined) {
    const after = tags === undefined ? before.tags : JSON.stringify(tags)
    if (before.tags !== noTags) db.run(deleteTags({ run, facet: before.facet, tags: before.tags }))
    if (after !== noTags) db.run(insertTags({ run, facet, tags: after }))
  }
  if (tags === undefined && note === undefined) return { facet, search: before.search }
  const named = { ...before, tags: tags ?? readArray(before.tags, `run ${before.id}`), note: note ?? before.note }
  const search = searchText(named)
  db.run(deleteSearch({ rowid: run, search: before.search }))
  db.run(insertSearch({ rowid: run, search }))
  return { facet, search }
}

const selectFacet = prepared(({ backend, kind, status, provenance, archived }: Facet) =>
  sql
    .selectFrom("facets")
    .select("id")
    .where("backend", "=", backend)
    .where("kind", "=", kind)
    .where("status", "=", status)
    .where("provenance", "=", provenance)
    .where("archived", "=", archived)
)

const insertFacet = prepared(({ backend, kind, status, provenance, archived }: Facet) =>
  sql.insertInto("facets").values({ backend, kind, status, provenance, archived })
)

const noTags = "[]"

interface Tagged {
  readonly run: number
  readonly facet: number
  /** JSON array. */
  readonly tags: string
}

const insertTags = prepared(({ run, facet, tags }: Tagged) =>
  raw(fragment`
    INSERT INTO run_tags (tag, facet, ordinal) SELECT DISTINCT value, ${facet}, ${run} FROM json_each(${tags})`)
)

const deleteTags = prepared(({ run, facet, tags }: Tagged) =>
  raw(fragment`
    DELETE FROM run_tags WHERE tag IN (SELECT value FROM json_each(${tags})) AND facet = ${facet} AND ordinal = ${run}`)
)

const insertSearch = prepared((row: Insertable<RunSearchTable>) => sql.insertInto("run_search").values(row))

const deleteSearch = prepared(({ rowid, search }: Insertable<RunSearchTable>) =>
  sql.insertInto("run_search").values({ run_search: "delete", rowid, search })
)
