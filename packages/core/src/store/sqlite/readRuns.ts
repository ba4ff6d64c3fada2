import { sql as fragment } from "kysely"
import type { Run } from "../../domain/run.ts"
import type { Database } from "./Database.ts"
import { fullId, runNotFound } from "./ids.ts"
import { readRun, recordColumns, summaryColumns } from "./runRow.ts"
import { prepared, sql } from "./sql.ts"

export const getRun = (db: Database, runId: string): Run => {
  const row = db.first(wholeRun({ id: runId }))
  if (row === undefined) throw runNotFound(runId)
  return readRun(row)
}

export const findRun = (db: Database, prefix: string): Run => getRun(db, fullId(db, "runs", prefix))

export const importedAs = (db: Database, sha256: string): string | null =>
  db.first(
    sql
      .selectFrom("runs")
      .select("id")
      .where("imported", "is not", null)
      .where(fragment<string>`imported ->> 'sha256'`, "=", sha256)
      .limit(1)
  )?.id ?? null

const wholeRun = prepared(({ id }: { id: string }) =>
  sql
    .selectFrom("runs")
    .innerJoin("run_records", "run_records.run", "runs.ordinal")
    .select(summaryColumns)
    .select(recordColumns)
    .where("runs.id", "=", id)
)
