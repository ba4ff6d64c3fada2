import type { Run } from "../../domain/run.ts"
import type { Database } from "./Database.ts"
import { readArray } from "./json.ts"
import { searchText } from "./searchText.ts"
import { corruptRecord } from "./storeFailure.ts"
import { prepared, sql } from "./sql.ts"
import type { FacetsTable } from "./Tables.ts"

/** Where a list finds a run: columns of its row that follow from others. */
export interface Place {
  readonly facet: number
  readonly search: string
}

type Facet = Omit<FacetsTable, "id">

/** The id of this combination of filtered values; it is made when it occurs first. */
export const facetId = (db: Database, facet: Facet): number =>
  db.first(selectFacet(facet))?.id ?? db.run(insertFacet(facet))

/** Puts a new run where lists will look for it. */
export const fileRun = (db: Database, run: number, place: Place, tags: readonly string[]): void => {
  addTags(db, run, place.facet, tags)
  db.run(insertSearch({ run, search: place.search }))
}

/** Moves a run to where lists will look for it once these changes are written; null when they move nothing. */
export const refile = (db: Database, run: number, changes: Partial<Run>): Place | null => {
  const { status, provenance, archived, tags, note } = changes
  if ([status, provenance, archived, tags, note].every((value) => value === undefined)) return null
  const before = db.first(selectPlace({ run }))
  if (before === undefined) throw corruptRecord(`run number ${run}`)
  const facet = facetId(db, {
    backend: before.backend,
    kind: before.kind,
    status: status ?? before.status,
    provenance: provenance ?? before.provenance,
    archived: archived === undefined ? before.archived : Number(archived)
  })
  const oldTags = readArray<string>(before.tags, `run ${before.id}`)
  const newTags = tags ?? oldTags
  if (facet !== before.facet || tags !== undefined) {
    for (const tag of oldTags) db.run(deleteTag({ run, facet: before.facet, tag }))
    addTags(db, run, facet, newTags)
  }
  const search = searchText({ ...before, tags: newTags, note: note ?? before.note })
  if (search !== before.search) {
    db.run(deleteSearch({ run, search: before.search }))
    db.run(insertSearch({ run, search }))
  }
  return { facet, search }
}

const addTags = (db: Database, run: number, facet: number, tags: readonly string[]): void => {
  for (const tag of new Set(tags)) db.run(insertTag({ run, facet, tag }))
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

const selectPlace = prepared(({ run }: { run: number }) =>
  sql
    .selectFrom("runs")
    .select(["id", "backend", "kind", "status", "provenance", "archived", "tags", "title", "note", "facet", "search"])
    .where("ordinal", "=", run)
)

const insertTag = prepared(({ run, facet, tag }: { run: number; facet: number; tag: string }) =>
  sql.insertInto("run_tags").values({ run, facet, tag })
)

const deleteTag = prepared(({ run, facet, tag }: { run: number; facet: number; tag: string }) =>
  sql.deleteFrom("run_tags").where("tag", "=", tag).where("facet", "=", facet).where("run", "=", run)
)

const insertSearch = prepared(({ run, search }: { run: number; search: string }) =>
  sql.insertInto("run_search").values({ rowid: run, search })
)

const deleteSearch = prepared(({ run, search }: { run: number; search: string }) =>
  sql.insertInto("run_search").values({ run_search: "delete", rowid: run, search })
)
