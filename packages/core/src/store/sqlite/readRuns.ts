import { sql as fragment } from "kysely"
import type { Run, RunSummary } from "../../domain/run.ts"
import type { Database } from "./Database.ts"
import { fullId, runNotFound } from "./ids.ts"
import { readRun, readSummary, recordColumns, summaryColumns } from "./runRow.ts"
import { prepared, sql } from "./sql.ts"

export const getRun = (db: Database, runId: string): Run => {
  const row = db.first(wholeRun({ id: runId }))
  if (row === undefined) throw runNotFound(runId)
  return readRun(row)
}

export const findRun = (db: Database, idOrPrefix: string): Run => {
  const row = db.first(wholeRun({ id: idOrPrefix }))
  return row === undefined ? getRun(db, fullId(db, "runs", idOrPrefix)) : readRun(row)
}

/** An import that was broken off does not count: it can be done again. */
export const importedAs = (db: Database, sha256: string): string | null =>
  db.first(
    sql
      .selectFrom("runs")
      .select("id")
      .where("imported", "is not", null)
      .where(fragment<string>`imported ->> 'sha256'`, "=", sha256)
      .where("status", "!=", "interrupted")
      .limit(1)
  )?.id ?? null

/** In the order in which they were made. */
export const campaignRuns = (db: Database, campaign: string): readonly RunSummary[] =>
  db
    .all(
      sql
        .selectFrom("runs")
        .select(summaryColumns)
        .where("campaign", "is not", null)
        .where(fragment<string>`campaign ->> 'id'`, "=", campaign)
        .orderBy("ordinal")
    )
    .map(readSummary)

const wholeRun = prepared(({ id }: { id: string }) =>
  sql
    .selectFrom("runs")
    .innerJoin("run_records", "run_records.run", "runs.ordinal")
    .select(summaryColumns)
    .select(recordColumns)
    .where("runs.id", "=", id)
)
