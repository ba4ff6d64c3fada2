import { statSync } from "node:fs"
import { join } from "node:path"
import { artifactBytes } from "./artifacts.ts"
import type { Database } from "./Database.ts"
import { sql } from "./sql.ts"

/** Counts, and bytes on disk of database and artifacts. */
export const storeStatus = (db: Database, dataDir: string) => ({
  inFlight: count(db, "in_flight"),
  runs: count(db, "runs"),
  campaigns: count(db, "campaigns"),
  sizeBytes: fileBytes(join(dataDir, "studio.db")) + fileBytes(join(dataDir, "studio.db-wal")) + artifactBytes(db)
})

/** Other connections' commits show in `data_version`, our own in `total_changes`; both only rise. */
export const dataVersion = (db: Database): number => {
  const own = db.raw.prepare("SELECT total_changes()").pluck().get()
  return Number(db.raw.pragma("data_version", { simple: true })) + Number(own)
}

const count = (db: Database, table: "runs" | "campaigns" | "in_flight"): number =>
  db.first(sql.selectFrom(table).select((read) => read.fn.countAll<number>().as("rows")))?.rows ?? 0

const fileBytes = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0
