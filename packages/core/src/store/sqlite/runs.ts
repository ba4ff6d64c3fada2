import { sql } from "kysely"
import type { RunLogEntry, RunLogEvent, RunSeed } from "../../domain/event.ts"
import { isFinished, type Run } from "../../domain/run.ts"
import { project, queuedRun, type RunHead } from "../../machine/project.ts"
import type { Owner } from "../RunStore.ts"
import { StoreError } from "../StoreError.ts"
import type { Database } from "./Database.ts"
import { appendToLog } from "./eventLog.ts"
import { fullId, runNotFound } from "./ids.ts"
import { readArray, readObjectOrNull } from "./json.ts"
import {
  changedColumns,
  changedRecord,
  newRecord,
  newRow,
  readRun,
  readStatus,
  readValidity,
  searchText,
  summaryColumns
} from "./runRow.ts"

/** Runs in the caller's transaction, as `appendEvents`. */
export const createRun = (db: Database, seed: RunSeed, owner: Owner | null, at: string): Run => {
  const run = queuedRun(seed, at)
  const ordinal = db.run(db.sql.insertInto("runs").values(newRow(run)))
  db.run(db.sql.insertInto("run_records").values(newRecord(run, ordinal)))
  addTags(db, ordinal, run.tags)
  db.run(
    db.sql.insertInto("in_flight").values({
      run: ordinal,
      owner_pid: owner?.pid ?? null,
      owner_started_at: owner?.startedAt ?? null,
      cancel_requested: 0
    })
  )
  appendToLog(db, { ordinal, id: seed.id, at, event: { type: "created", seed } })
  return run
}

/** All of the events and what they change, or none. */
export const appendEvents = (
  db: Database,
  runId: string,
  events: readonly RunLogEvent[],
  at: string
): readonly RunLogEntry[] => {
  const stored = readHead(db, runId)
  const changes = projectAll(runId, stored, events, at)
  const entries = events.map((event) => appendToLog(db, { ordinal: stored.ordinal, id: runId, at, event }))
  writeChanges(db, stored, changes)
  return entries
}

export const getRun = (db: Database, runId: string): Run => {
  const row = db.first(wholeRun(db).where("runs.id", "=", runId))
  if (row === undefined) throw runNotFound(runId)
  return readRun(row)
}

export const findRun = (db: Database, prefix: string): Run => getRun(db, fullId(db, "runs", prefix))

export const importedAs = (db: Database, sha256: string): string | null =>
  db.first(
    db.sql
      .selectFrom("runs")
      .select("id")
      .where("imported", "is not", null)
      .where(sql<string>`imported ->> 'sha256'`, "=", sha256)
      .limit(1)
  )?.id ?? null

type StoredHead = ReturnType<typeof readHead>

const wholeRun = (db: Database) =>
  db.sql
    .selectFrom("runs")
    .innerJoin("run_records", "run_records.run", "runs.ordinal")
    .select(summaryColumns)
    .select([
      "system_hash",
      "fingerprint",
      "request",
      "metrics",
      "raw_metrics",
      "findings",
      "score",
      "output",
      "traces",
      "artifacts",
      "reproduce"
    ])

/** What `project` needs, without the parts of a run that may be large. */
const readHead = (db: Database, runId: string) => {
  const row = db.first(
    db.sql
      .selectFrom("runs")
      .innerJoin("run_records", "run_records.run", "runs.ordinal")
      .select(["ordinal", "id", "backend", "title", "tags", "note", "status", "started_at", "finished_at", "error"])
      .select(["validity", "findings", "traces", "artifacts"])
      .where("runs.id", "=", runId)
  )
  if (row === undefined) throw runNotFound(runId)
  const what = `run ${runId}`
  const head: RunHead = {
    status: readStatus(row.status, what),
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    error: readObjectOrNull(row.error, what),
    validity: readValidity(row, what),
    traces: readArray(row.traces, what),
    artifacts: readArray(row.artifacts, what)
  }
  return {
    ordinal: row.ordinal,
    named: { id: row.id, backend: row.backend, title: row.title, note: row.note },
    tags: readArray<string>(row.tags, what),
    head
  }
}

const projectAll = (runId: string, { head }: StoredHead, events: readonly RunLogEvent[], at: string): Partial<Run> => {
  let changes: Partial<Run> = {}
  for (const event of events) {
    const projection = project({ ...head, ...changes }, event, at)
    if (projection._tag === "refused") throw illegal(runId, event, projection.reason)
    changes = { ...changes, ...projection.changes }
  }
  return changes
}

const writeChanges = (db: Database, stored: StoredHead, changes: Partial<Run>): void => {
  const { ordinal } = stored
  const columns = changedColumns(changes)
  if (changes.tags !== undefined) {
    columns.search = searchText({ ...stored.named, ...changes, tags: changes.tags })
    replaceTags(db, ordinal, stored.tags, changes.tags)
  }
  if (isAny(columns)) db.run(db.sql.updateTable("runs").set(columns).where("ordinal", "=", ordinal))
  const record = changedRecord(changes)
  if (isAny(record)) db.run(db.sql.updateTable("run_records").set(record).where("run", "=", ordinal))
  if (changes.status !== undefined && isFinished(changes.status)) {
    db.run(db.sql.deleteFrom("in_flight").where("run", "=", ordinal))
  }
}

const isAny = (columns: object): boolean => Object.values(columns).some((value) => value !== undefined)

const addTags = (db: Database, run: number, tags: readonly string[]): void => {
  for (const tag of new Set(tags)) db.run(db.sql.insertInto("run_tags").values({ tag, run }))
}

const replaceTags = (db: Database, run: number, before: readonly string[], after: readonly string[]): void => {
  for (const tag of before) db.run(db.sql.deleteFrom("run_tags").where("tag", "=", tag).where("run", "=", run))
  addTags(db, run, after)
}

const illegal = (runId: string, event: RunLogEvent, reason: string): StoreError =>
  new StoreError({
    reason: "illegal-transition",
    message: `Run ${runId} refuses "${event.type}": ${reason}`,
    hint: null
  })
