import type Sqlite from "better-sqlite3"
import { StoreError } from "../StoreError.ts"
import { m0001Foundation } from "./migrations/m0001Foundation.ts"
import { m0002Parity } from "./migrations/m0002Parity.ts"
import { m0003Campaigns } from "./migrations/m0003Campaigns.ts"
import { m0004KeyMetric } from "./migrations/m0004KeyMetric.ts"

/** Applied in order, each once; an index + 1 is the schema version. Released ones never change. */
const migrations: readonly string[] = [m0001Foundation, m0002Parity, m0003Campaigns, m0004KeyMetric]

export const schemaVersion = migrations.length

/** Marks the file as a studio database ("SGLS"), so that no other program's database is ever written to. */
export const applicationId = 0x53474c53

/** Brings the schema to the newest version in one transaction; another process may be doing the same. */
export const migrate = (raw: Sqlite.Database): void => {
  if (versionOf(raw) === schemaVersion) return
  const upgrade = raw.transaction(() => {
    refuseNewer(raw)
    for (const migration of migrations.slice(versionOf(raw))) raw.exec(migration)
    raw.pragma(`application_id = ${applicationId}`)
    raw.pragma(`user_version = ${schemaVersion}`)
  })
  upgrade.immediate()
}

/** Throws when a newer studio wrote the database. */
export const refuseNewer = (raw: Sqlite.Database): void => {
  const version = versionOf(raw)
  if (version > schemaVersion) throw newer(version)
}

const versionOf = (raw: Sqlite.Database): number => Number(raw.pragma("user_version", { simple: true }))

const newer = (version: number): StoreError =>
  new StoreError({
    reason: "newer-version",
    message: `The database has schema ${version}; this studio knows up to ${schemaVersion}`,
    hint: "Nothing was changed. Use the newer studio that wrote it, or choose another data folder with --data."
  })
