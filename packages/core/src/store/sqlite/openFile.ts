import Sqlite from "better-sqlite3"
import { existsSync, statSync } from "node:fs"
import { StoreError } from "../StoreError.ts"
import { type Database, openDatabase } from "./Database.ts"
import { applicationId, migrate, refuseNewer } from "./migrate.ts"
import { corruptHint } from "./storeFailure.ts"

/** Opens or makes the database and brings it to the newest schema. Throws; leaves a file that it refuses untouched. */
export const openFile = (file: string): Database => {
  if (existsSync(file) && statSync(file).size > 0) inspect(file)
  const raw = new Sqlite(file, { timeout: busyTimeoutMs })
  try {
    raw.pragma("journal_mode = WAL")
    raw.pragma("synchronous = NORMAL")
    raw.pragma("foreign_keys = ON")
    raw.pragma("journal_size_limit = 67108864")
    // Every checkpoint waits for the disk: 16 MiB of thousands of runs cost one.
    raw.pragma("wal_autocheckpoint = 4000")
    raw.pragma("cache_size = -32768")
    migrate(raw)
    return openDatabase(raw)
  } catch (cause) {
    raw.close()
    throw cause
  }
}

/** Long enough for another process's largest write, short enough that nobody thinks it hangs. */
const busyTimeoutMs = 5000

/** A whole check reads the whole file: 16 MiB take a few milliseconds. Damage elsewhere shows itself when it is read. */
const checkedWholeBytes = 16 * 1024 * 1024

/** Read-only, so that closing it cannot move a write-ahead log into a file that is then refused. */
const inspect = (file: string): void => {
  const raw = new Sqlite(file, { timeout: busyTimeoutMs, readonly: true })
  try {
    // Of one moment: another process may be making it.
    const look = raw.transaction(() => {
      const tables = raw.prepare("SELECT count(*) FROM sqlite_schema").pluck().get()
      if (tables !== 0 && raw.pragma("application_id", { simple: true }) !== applicationId) throw foreign(file)
      refuseNewer(raw)
    })
    look()
    if (statSync(file).size > checkedWholeBytes) return
    const verdict = raw.pragma("quick_check(1)", { simple: true })
    if (verdict !== "ok") throw damaged(file, String(verdict).split("\n").at(-1) ?? "")
  } finally {
    raw.close()
  }
}

const foreign = (file: string): StoreError =>
  new StoreError({
    reason: "corrupt",
    message: `${file} is a database of another program`,
    hint: "Nothing was changed. Choose another data folder with --data, or move this file away."
  })

const damaged = (file: string, detail: string): StoreError =>
  new StoreError({ reason: "corrupt", message: `${file} is damaged: ${detail}`, hint: corruptHint })
