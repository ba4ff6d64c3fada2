import type { Insertable, Selectable, Updateable } from "kysely"
import type { RunLogEntry, RunLogEvent, RunSeed, TimedEvent } from "../../domain/event.ts"
import { isFinished, type Run } from "../../domain/run.ts"
import { judgeValidity } from "../../domain/validity.ts"
import { project, queuedRun, type RunHead } from "../../machine/project.ts"
import type { Owner } from "../RunStore.ts"
import { StoreError } from "../StoreError.ts"
import type { Database } from "./Database.ts"
import { appendToLog } from "./eventLog.ts"
import { facetId, filedColumns, fileRun, refile } from "./filing.ts"
import { runNotFound } from "./ids.ts"
import { readArray, readObjectOrNull } from "./json.ts"
import { changedColumns, changedRecord, newRecord, newRow, readStatus } from "./runRow.ts"
import { corruptRecord } from "./storeFailure.ts"
import { prepared, sql } from "./sql.ts"
import type { InFlightTable, RunRecordsTable, RunsTable } from "./Tables.ts"

/** Runs in the caller's transaction, as `appendEvents`. */
export const createRun = (db: Database, seed: RunSeed, owner: Owner | null, at: string): Run => {
  const run = queuedRun(seed, at)
  const row = newRow(run)
  const facet = facetId(db, row)
  const ordinal = db.run(insertRun({ ...row, facet }))
  db.run(insertRecord(newRecord(run, ordinal)))
  db.run(insertInFlight({ run: ordinal, owner_pid: owner?.pid ?? null, owner_started_at: owner?.startedAt ?? null }))
  fileRun(db, ordinal, { facet, search: row.search }, row.tags)
  appendToLog(db, { ordinal, id: seed.id }, [{ at, event: { type: "created", seed } }])
  return run
}

/** All of the events and what they change, or none. */
export const appendEvents = (db: Database, runId: string, told: readonly TimedEvent[]): readonly RunLogEntry[] => {
  const row = db.first(selectHead({ id: runId }))
  if (row === undefined) throw runNotFound(runId)
  const changes = projectAll(runId, readHead(db, row, told), told)
  writeChanges(db, row, changes)
  return appendToLog(db, { ordinal: row.ordinal, id: runId }, told)
}

/** What `project` needs, without the parts of a run that these events do not touch. */
const readHead = (db: Database, row: HeadRow, told: readonly TimedEvent[]): RunHead => {
  const what = `run ${row.id}`
  const lists = told.some(addsToList) ? db.first(selectLists({ run: row.ordinal })) : emptyLists
  if (lists === undefined) throw corruptRecord(what)
  return {
    status: readStatus(row.status, what),
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    error: readObjectOrNull(row.error, what),
    validity: judgeValidity(readArray(lists.findings, what)),
    traces: readArray(lists.traces, what),
    artifacts: readArray(lists.artifacts, what)
  }
}

const addsToList = ({ event: { type } }: TimedEvent): boolean =>
  type === "finding" || type === "artifact" || type === "trace"
const emptyLists = { findings: "[]", traces: "[]", artifacts: "[]" }

const projectAll = (runId: string, head: RunHead, told: readonly TimedEvent[]): Partial<Run> => {
  let changes: Partial<Run> = {}
  // A score of many items has a trace for each: the list is not copied for every one of them.
  const traces = [...head.traces]
  for (const { at, event } of told) {
    const projection = project({ ...head, ...changes, traces: [] }, event, at)
    if (projection._tag === "refused") throw illegal(runId, event, projection.reason)
    const { traces: added = [], ...others } = projection.changes
    traces.push(...added)
    changes = { ...changes, ...others }
  }
  return traces.length === head.traces.length ? changes : { ...changes, traces }
}

const writeChanges = (db: Database, row: HeadRow, changes: Partial<Run>): void => {
  const { ordinal } = row
  const columns = { ...changedColumns(changes), ...refile(db, ordinal, row, changes) }
  if (isAny(columns)) db.run(updateRun({ ...columns, ordinal }))
  const record = changedRecord(changes)
  if (isAny(record)) db.run(updateRecord({ ...record, run: ordinal }))
  if (changes.status !== undefined && isFinished(changes.status)) db.run(deleteInFlight({ run: ordinal }))
}

const isAny = (columns: object): boolean => Object.values(columns).some((value) => value !== undefined)

const insertRun = prepared((row: Insertable<RunsTable>) => sql.insertInto("runs").values(row))

const insertRecord = prepared((row: Insertable<RunRecordsTable>) => sql.insertInto("run_records").values(row))

const insertInFlight = prepared((row: Insertable<InFlightTable>) => sql.insertInto("in_flight").values(row))

const updateRun = prepared(({ ordinal, ...columns }: Updateable<RunsTable> & { ordinal: number }) =>
  sql.updateTable("runs").set(columns).where("ordinal", "=", ordinal)
)

const updateRecord = prepared(({ run, ...columns }: Updateable<RunRecordsTable> & { run: number }) =>
  sql.updateTable("run_records").set(columns).where("run", "=", run)
)

const deleteInFlight = prepared(({ run }: { run: number }) => sql.deleteFrom("in_flight").where("run", "=", run))

const headColumns = ["ordinal", "started_at", "finished_at", "error", ...filedColumns] as const

type HeadRow = Pick<Selectable<RunsTable>, (typeof headColumns)[number]>

const selectHead = prepared(({ id }: { id: string }) => sql.selectFrom("runs").select(headColumns).where("id", "=", id))

const selectLists = prepared(({ run }: { run: number }) =>
  sql.selectFrom("run_records").select(["findings", "traces", "artifacts"]).where("run", "=", run)
)

const illegal = (runId: string, event: RunLogEvent, reason: string): StoreError =>
  new StoreError({
    reason: "illegal-transition",
    message: `Run ${runId} refuses "${event.type}": ${reason}`,
    hint: null
  })
