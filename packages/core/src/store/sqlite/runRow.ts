import type { Insertable, Selectable, Updateable } from "kysely"
import { runTitle } from "../../machine/title.ts"
import { type Json } from "../../domain/json.ts"
import { keyMetricOf } from "../../domain/keyMetric.ts"
import { provenances, type Run, type RunStatus, type RunSummary, runStatuses } from "../../domain/run.ts"
import type { ValidityOutcome } from "../../domain/validity.ts"
import { runKinds } from "../../domain/workload.ts"
import { parse, readArray, readObject, readObjectOrNull, writeJson } from "./json.ts"
import { searchText } from "./searchText.ts"
import { corruptRecord } from "./storeFailure.ts"
import type { RunRecordsTable, RunsTable } from "./Tables.ts"

/** Columns of `runs` that are shown, not only searched by. */
export const summaryColumns = [
  "id",
  "kind",
  "backend",
  "adapter",
  "status",
  "provenance",
  "imported",
  "adapter_error",
  "error",
  "created_at",
  "started_at",
  "finished_at",
  "workload_hash",
  "resend",
  "campaign",
  "tags",
  "note",
  "pinned",
  "archived",
  "progress",
  "validity",
  "key_metric",
  "title"
] as const satisfies readonly (keyof RunsTable)[]

/** Everything in `run_records` but its key. */
export const recordColumns = [
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
] as const satisfies readonly (keyof RunRecordsTable)[]

type SummaryRow = Pick<Selectable<RunsTable>, (typeof summaryColumns)[number]>
type RecordRow = Pick<Selectable<RunRecordsTable>, (typeof recordColumns)[number]>

export const readSummary = (row: SummaryRow): RunSummary => {
  const what = `run ${row.id}`
  return {
    id: row.id,
    kind: oneOf(runKinds, row.kind, what),
    backend: row.backend,
    adapter: row.adapter,
    status: readStatus(row.status, what),
    provenance: oneOf(provenances, row.provenance, what),
    imported: readObjectOrNull(row.imported, what),
    adapterError: readObjectOrNull(row.adapter_error, what),
    error: readObjectOrNull(row.error, what),
    createdAt: row.created_at,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    workloadHash: row.workload_hash,
    resend: readObjectOrNull(row.resend, what),
    campaign: readObjectOrNull(row.campaign, what),
    tags: readArray(row.tags, what),
    note: row.note,
    pinned: row.pinned === 1,
    archived: row.archived === 1,
    progress: readObjectOrNull(row.progress, what),
    validity: oneOf(outcomes, row.validity, what),
    keyMetric: readObjectOrNull(row.key_metric, what),
    title: row.title
  }
}

export const readRun = (row: SummaryRow & RecordRow): Run => {
  const { title: _, keyMetric: _key, validity, ...summary } = readSummary(row)
  const what = `run ${row.id}`
  return {
    ...summary,
    systemHash: row.system_hash,
    fingerprint: readObjectOrNull(row.fingerprint, what),
    request: readObject(row.request, what),
    metrics: readObject(row.metrics, what),
    rawMetrics: parse(row.raw_metrics, what) as Json,
    validity: { outcome: validity, findings: readArray(row.findings, what) },
    score: readObjectOrNull(row.score, what),
    output: readObjectOrNull(row.output, what),
    traces: readArray(row.traces, what),
    artifacts: readArray(row.artifacts, what),
    reproduce: readObject(row.reproduce, what)
  }
}

export const readStatus = (status: string, what: string): RunStatus => oneOf(runStatuses, status, what)

/** The row of a new run, as yet without its facet. */
export const newRow = (run: Run): Omit<Insertable<RunsTable>, "facet"> => {
  const title = runTitle(run.request)
  return {
    // A whole run gives every column.
    ...(changedColumns(run) as Insertable<RunsTable>),
    id: run.id,
    kind: run.kind,
    backend: run.backend,
    adapter: run.adapter,
    created_at: run.createdAt,
    workload_hash: run.workloadHash,
    resend: writeJson(run.resend),
    campaign: writeJson(run.campaign),
    title,
    search: searchText({ ...run, title })
  }
}

export const newRecord = (run: Run, ordinal: number): Insertable<RunRecordsTable> => ({
  ...(changedRecord(run) as Insertable<RunRecordsTable>),
  run: ordinal,
  request: writeJson(run.request),
  reproduce: writeJson(run.reproduce)
})

/** The columns of `runs` that these changes touch; Kysely leaves out what is undefined. */
export const changedColumns = (changes: Partial<Run>): Updateable<RunsTable> => ({
  status: changes.status,
  provenance: changes.provenance,
  imported: writeJson(changes.imported),
  adapter_error: writeJson(changes.adapterError),
  error: writeJson(changes.error),
  started_at: changes.startedAt,
  finished_at: changes.finishedAt,
  tags: writeJson(changes.tags),
  note: changes.note,
  pinned: writeFlag(changes.pinned),
  archived: writeFlag(changes.archived),
  progress: writeJson(changes.progress),
  validity: changes.validity?.outcome,
  key_metric: changes.metrics === undefined ? undefined : writeJson(keyMetricOf(changes.metrics))
})

/** The columns of `run_records` that these changes touch. */
export const changedRecord = (changes: Partial<Run>): Updateable<RunRecordsTable> => ({
  system_hash: changes.systemHash,
  fingerprint: writeJson(changes.fingerprint),
  metrics: writeJson(changes.metrics),
  raw_metrics: changes.rawMetrics === undefined ? undefined : JSON.stringify(changes.rawMetrics),
  findings: writeJson(changes.validity?.findings),
  score: writeJson(changes.score),
  output: writeJson(changes.output),
  traces: writeJson(changes.traces),
  artifacts: writeJson(changes.artifacts)
})

const outcomes: readonly ValidityOutcome[] = ["valid", "suspect", "invalid"]

const oneOf = <A extends string>(known: readonly A[], value: string, what: string): A => {
  const found = known.find((candidate) => candidate === value)
  if (found === undefined) throw corruptRecord(what)
  return found
}

const writeFlag = (flag: boolean | undefined): number | undefined => (flag === undefined ? undefined : Number(flag))
