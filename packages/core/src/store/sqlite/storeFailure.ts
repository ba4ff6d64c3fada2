import { StoreError, type StoreErrorReason } from "../StoreError.ts"

/** Turns what SQLite or the file system threw into a `StoreError`; one of ours passes through. */
export const storeFailure =
  (dataDir: string) =>
  (cause: unknown): StoreError => {
    if (isStoreError(cause)) return cause
    const reason = reasonOf(codeOf(cause))
    const detail =
      cause !== null && typeof cause === "object" && "message" in cause ? String(cause.message) : String(cause)
    return new StoreError({ reason, message: `${what[reason]} (${detail}): ${dataDir}`, hint: hints[reason], cause })
  }

/** A record that cannot have been written by the studio. */
export const corruptRecord = (what: string): StoreError =>
  new StoreError({ reason: "corrupt", message: `The stored ${what} is damaged`, hint: corruptHint })

export const corruptHint =
  "Nothing was changed. Move studio.db, studio.db-wal and studio.db-shm out of the data folder together: the studio " +
  "then starts a new database, and the files under artifacts/ stay. To keep the old runs, restore studio.db from a " +
  "backup, or try: sqlite3 studio.db .recover | sqlite3 recovered.db"

const isStoreError = (error: unknown): error is StoreError =>
  typeof error === "object" && error !== null && "_tag" in error && error._tag === "StoreError"

type Foreign = Extract<StoreErrorReason, "corrupt" | "busy" | "full" | "io">

const codeOf = (cause: unknown): string =>
  typeof cause === "object" && cause !== null && "code" in cause ? String(cause.code) : ""

const reasonOf = (code: string): Foreign => {
  if (code.startsWith("SQLITE_CORRUPT") || code === "SQLITE_NOTADB") return "corrupt"
  if (code.startsWith("SQLITE_BUSY") || code.startsWith("SQLITE_LOCKED")) return "busy"
  if (code === "SQLITE_FULL" || code === "ENOSPC" || code === "EDQUOT") return "full"
  return "io"
}

const what: { readonly [reason in Foreign]: string } = {
  corrupt: "The database is damaged or is not a database",
  busy: "Another process holds the database",
  full: "The disk is full",
  io: "The data folder cannot be read or written"
}

const hints: { readonly [reason in Foreign]: string } = {
  corrupt: corruptHint,
  busy: "Try again; if it stays so, look for a stopped studio process on this data folder.",
  full: "Free some space, or choose another data folder with --data.",
  io: "Check that the folder exists and is writable, or choose another one with --data."
}
