import type { Insertable } from "kysely"
import type { TraceChunk, TraceHeader, TraceSemantics, TraceSlice } from "../../domain/trace.ts"
import type { TraceColumns } from "../../domain/traceColumns.ts"
import { StoreError } from "../StoreError.ts"
import { chunkFault } from "./checkChunk.ts"
import type { Database } from "./Database.ts"
import { ordinalOf } from "./ids.ts"
import { corruptRecord } from "./storeFailure.ts"
import { columnsOf, concat, readChunk, slice, writeChunk } from "./traceBlobs.ts"
import { prepared, sql } from "./sql.ts"
import type { TraceChunksTable, TracesTable } from "./Tables.ts"

/** A slice reads whole chunks: small enough that a screenful costs little, large enough that rows are few. */
const chunkLength = 4096

export const addTraces = (db: Database, runId: string, chunks: readonly TraceChunk[]): void => {
  const run = ordinalOf(db, runId)
  for (const chunk of chunks) addTrace(db, run, chunk)
}

const addTrace = (db: Database, run: number, chunk: TraceChunk): void => {
  const known = findTrace(db, run, chunk.case)
  const fault = chunkFault(chunk, known?.length ?? 0) ?? (known && headerFault(chunk, known))
  if (fault) throw invalid(chunk.case, fault)
  const columns = columnsOf(chunk)
  const length = chunk.from + columns.length
  const trace = known?.id ?? addCase(db, run, chunk, length)
  for (let at = 0; at < columns.length; at += chunkLength) {
    const piece = slice(columns, at, Math.min(at + chunkLength, columns.length))
    db.run(insertChunk({ trace, start: chunk.from + at, ...writeChunk(piece) }))
  }
  if (known !== undefined) db.run(updateLength({ trace, length }))
}

export const traceHeaders = (db: Database, runId: string): readonly TraceHeader[] =>
  db.all(selectTraces({ run: ordinalOf(db, runId) })).map(headerOf)

/** Positions `[from, to)` as far as the case reaches. */
export const traceSlice = (
  db: Database,
  runId: string,
  query: { readonly case: string; readonly from: number; readonly to: number }
): TraceSlice => {
  const trace = getTrace(db, runId, query.case)
  const from = clamp(query.from, 0, trace.length)
  const to = clamp(query.to, from, trace.length)
  const { ids, tokens, logprobs, ranks, top } = readPositions(db, trace, from, to)
  return {
    ...headerOf(trace),
    from,
    to,
    ids: Array.from(ids),
    tokens,
    logprobs: Array.from(logprobs, finiteOrNull),
    ranks: Array.from(ranks, (rank) => (rank === 0 ? null : rank)),
    top: top && {
      k: top.k,
      ids: rowsOf(top.ids, top.k, to - from).map((row, index) => row.slice(0, used(top.ids, top.k, index))),
      logprobs: rowsOf(top.logprobs, top.k, to - from).map((row, index) =>
        row.slice(0, used(top.ids, top.k, index)).map(finiteOrNull)
      )
    }
  }
}

/** In one transaction: a score has a trace for each of its items, and every read by itself takes the lock anew. */
export const wholeTraces = (db: Database, runId: string): readonly TraceColumns[] =>
  db.snapshot(() =>
    db
      .all(selectTraces({ run: ordinalOf(db, runId) }))
      .map((trace) => ({ ...headerOf(trace), ...readPositions(db, trace, 0, trace.length) }))
  )

interface TraceRow {
  readonly id: number
  readonly name: string
  readonly prompt_length: number
  readonly semantics: string
  readonly length: number
}

const findTrace = (db: Database, run: number, name: string): TraceRow | undefined =>
  db.first(selectTrace({ run, name }))

const getTrace = (db: Database, runId: string, name: string): TraceRow => {
  const trace = findTrace(db, ordinalOf(db, runId), name)
  if (trace !== undefined) return trace
  const names = traceHeaders(db, runId)
    .slice(0, 5)
    .map((header) => header.case)
  throw new StoreError({
    reason: "not-found",
    message: `Run ${runId} has no trace "${name}"`,
    hint: names.length === 0 ? "It recorded no token traces." : `Its first traces: ${names.join(", ")}`
  })
}

const addCase = (db: Database, run: number, chunk: TraceChunk, length: number): number =>
  db.run(
    insertTrace({
      run,
      name: chunk.case,
      prompt_length: chunk.promptLength,
      semantics: chunk.semantics,
      length
    })
  )

const headerOf = (row: TraceRow): TraceHeader => ({
  case: row.name,
  promptLength: row.prompt_length,
  length: row.length,
  semantics: readSemantics(row)
})

const readSemantics = ({ semantics, name }: TraceRow): TraceSemantics => {
  if (semantics === "raw" || semantics === "temperature") return semantics
  throw corruptRecord(`trace ${name}`)
}

const headerFault = (chunk: TraceChunk, known: TraceRow): string | null =>
  chunk.promptLength !== known.prompt_length || chunk.semantics !== known.semantics
    ? `the chunk says prompt length ${chunk.promptLength} and ${chunk.semantics} logprobs, its first chunk said ${known.prompt_length} and ${known.semantics}`
    : null

const readPositions = (db: Database, trace: TraceRow, from: number, to: number) => {
  const what = `trace ${trace.name}`
  const rows = db.all(selectChunks({ trace: trace.id, after: from - chunkLength, before: to }))
  const pieces = rows.map((row) => {
    const [first, end] = [Math.max(from - row.start, 0), Math.min(to - row.start, row.length)]
    return slice(readChunk(row, what), first, Math.max(first, end))
  })
  const columns = concat(pieces)
  if (columns.length !== to - from) throw corruptRecord(what)
  return columns
}

const invalid = (traceCase: string, fault: string): StoreError =>
  new StoreError({
    reason: "invalid-trace",
    message: `Trace "${traceCase}": ${fault}`,
    hint: "This is a fault of the adapter."
  })

const clamp = (value: number, low: number, high: number): number => Math.min(Math.max(Math.trunc(value), low), high)
const finiteOrNull = (value: number): number | null => (Number.isFinite(value) ? value : null)

const rowsOf = (column: Int32Array | Float64Array, k: number, rows: number): readonly (readonly number[])[] =>
  Array.from({ length: rows }, (_, row) => Array.from(column.subarray(row * k, (row + 1) * k)))

/** How many of a position's `k` slots hold an alternative. */
const used = (ids: Int32Array, k: number, row: number): number => {
  const free = ids.subarray(row * k, (row + 1) * k).indexOf(-1)
  return free < 0 ? k : free
}

const selectTraces = prepared(({ run }: { run: number }) =>
  sql.selectFrom("traces").selectAll().where("run", "=", run).orderBy("id")
)

const selectTrace = prepared(({ run, name }: { run: number; name: string }) =>
  sql.selectFrom("traces").selectAll().where("run", "=", run).where("name", "=", name)
)

const insertTrace = prepared((row: Insertable<TracesTable>) => sql.insertInto("traces").values(row))

const updateLength = prepared(({ trace, length }: { trace: number; length: number }) =>
  sql.updateTable("traces").set({ length }).where("id", "=", trace)
)

const insertChunk = prepared((row: Insertable<TraceChunksTable>) => sql.insertInto("trace_chunks").values(row))

const selectChunks = prepared(({ trace, after, before }: { trace: number; after: number; before: number }) =>
  sql
    .selectFrom("trace_chunks")
    .selectAll()
    .where("trace", "=", trace)
    .where("start", ">", after)
    .where("start", "<", before)
    .orderBy("start")
)
