import type { ConsistencyReport } from "../../domain/parity.ts"
import type { Database } from "./Database.ts"
import { readObject } from "./json.ts"
import { sql } from "./sql.ts"

export const saveConsistencyReport = (db: Database, report: ConsistencyReport): void => {
  const { id, backend } = report
  db.run(sql.insertInto("consistency_reports").values({ id, backend, body: JSON.stringify(report) }))
}

/** What a backend said of itself, newest first. */
export const listConsistencyReports = (db: Database, backend: string): readonly ConsistencyReport[] =>
  db
    .all(
      sql
        .selectFrom("consistency_reports")
        .select(["id", "body"])
        .where("backend", "=", backend)
        .orderBy("ordinal", "desc")
        .limit(mostReports)
    )
    .map(({ id, body }) => readObject(body, `consistency report ${id}`))

const mostReports = 200
