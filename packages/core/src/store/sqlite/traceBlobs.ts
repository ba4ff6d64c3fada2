import type { TraceChunk } from "../../domain/trace.ts"
import type { TopColumns, TraceColumns } from "../../domain/traceColumns.ts"
import { readArray } from "./json.ts"
import { corruptRecord } from "./storeFailure.ts"
import type { TraceChunksTable } from "./Tables.ts"

/** The columns of some positions of a trace, with the sentinels of `TraceColumns`. */
export type Columns = Pick<TraceColumns, "length" | "ids" | "tokens" | "logprobs" | "ranks" | "top">

/** A chunk of an adapter as typed columns. The chunk has been checked: all columns have the length of `ids`. */
export const columnsOf = (chunk: TraceChunk): Columns => {
  const logprobs = Float64Array.from(chunk.logprobs, (value) => value ?? -Infinity)
  if (chunk.from === 0 && chunk.logprobs[0] === null) logprobs[0] = NaN
  return {
    length: chunk.ids.length,
    ids: Int32Array.from(chunk.ids),
    tokens: chunk.tokens,
    logprobs,
    ranks: chunk.ranks === null ? new Int32Array(chunk.ids.length) : Int32Array.from(chunk.ranks, (rank) => rank ?? 0),
    top: topColumns(chunk.top)
  }
}

export const slice = (columns: Columns, from: number, to: number): Columns => ({
  length: to - from,
  ids: columns.ids.subarray(from, to),
  tokens: columns.tokens.slice(from, to),
  logprobs: columns.logprobs.subarray(from, to),
  ranks: columns.ranks.subarray(from, to),
  top: columns.top && {
    k: columns.top.k,
    ids: columns.top.ids.subarray(from * columns.top.k, to * columns.top.k),
    logprobs: columns.top.logprobs.subarray(from * columns.top.k, to * columns.top.k)
  }
})

/** Pieces in order as one; where they differ in `k`, the widest holds all. */
export const concat = (pieces: readonly Columns[]): Columns => {
  const [only] = pieces
  if (only !== undefined && pieces.length === 1) return only
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0)
  const k = Math.max(-1, ...pieces.map((piece) => piece.top?.k ?? -1))
  const whole = {
    length,
    ids: new Int32Array(length),
    tokens: pieces.flatMap((piece) => piece.tokens),
    logprobs: new Float64Array(length),
    ranks: new Int32Array(length),
    top: k < 0 ? null : emptyTop(length, k)
  }
  let at = 0
  for (const piece of pieces) {
    whole.ids.set(piece.ids, at)
    whole.logprobs.set(piece.logprobs, at)
    whole.ranks.set(piece.ranks, at)
    if (whole.top !== null && piece.top !== null) copyTop(piece.top, whole.top, at)
    at += piece.length
  }
  return whole
}

export type ChunkRow = Omit<TraceChunksTable, "trace" | "start">

export const writeChunk = (columns: Columns): ChunkRow => ({
  length: columns.length,
  ids: bytes(columns.ids),
  logprobs: bytes(columns.logprobs),
  ranks: columns.ranks.some((rank) => rank !== 0) ? bytes(columns.ranks) : null,
  k: columns.top?.k ?? null,
  top_ids: columns.top && bytes(columns.top.ids),
  top_logprobs: columns.top && bytes(columns.top.logprobs),
  tokens: JSON.stringify(columns.tokens)
})

export const readChunk = (row: ChunkRow, what: string): Columns => {
  const { length } = row
  const tokens = readArray<string | null>(row.tokens, what)
  if (tokens.length !== length) throw corruptRecord(what)
  return {
    length,
    ids: ints(row.ids, length, what),
    tokens,
    logprobs: doubles(row.logprobs, length, what),
    ranks: row.ranks === null ? new Int32Array(length) : ints(row.ranks, length, what),
    top: readTop(row, what)
  }
}

const readTop = ({ k, length, top_ids, top_logprobs }: ChunkRow, what: string): TopColumns | null =>
  k === null || top_ids === null || top_logprobs === null
    ? null
    : { k, ids: ints(top_ids, length * k, what), logprobs: doubles(top_logprobs, length * k, what) }

const topColumns = (top: TraceChunk["top"]): TopColumns | null => {
  if (top === null) return null
  const columns = emptyTop(top.ids.length, top.k)
  top.ids.forEach((row, position) => {
    columns.ids.set(row, position * top.k)
    columns.logprobs.set(
      (top.logprobs[position] ?? []).map((value) => value ?? -Infinity),
      position * top.k
    )
  })
  return columns
}

const emptyTop = (length: number, k: number) => ({
  k,
  ids: new Int32Array(length * k).fill(-1),
  logprobs: new Float64Array(length * k).fill(NaN)
})

const copyTop = (from: TopColumns, to: ReturnType<typeof emptyTop>, at: number): void => {
  if (from.k === to.k) {
    to.ids.set(from.ids, at * to.k)
    to.logprobs.set(from.logprobs, at * to.k)
    return
  }
  for (let row = 0; row * from.k < from.ids.length; row++) {
    const [begin, end] = [row * from.k, (row + 1) * from.k]
    to.ids.set(from.ids.subarray(begin, end), (at + row) * to.k)
    to.logprobs.set(from.logprobs.subarray(begin, end), (at + row) * to.k)
  }
}

const bytes = (column: Int32Array | Float64Array): Uint8Array =>
  new Uint8Array(column.buffer, column.byteOffset, column.byteLength)

const ints = (blob: Uint8Array, length: number, what: string): Int32Array =>
  new Int32Array(aligned(blob, length * 4, what))
const doubles = (blob: Uint8Array, length: number, what: string): Float64Array =>
  new Float64Array(aligned(blob, length * 8, what))

/** A copy that starts on a word: what SQLite returns may start anywhere. */
const aligned = (blob: Uint8Array, byteLength: number, what: string): ArrayBuffer => {
  if (blob.byteLength !== byteLength) throw corruptRecord(what)
  return Uint8Array.from(blob).buffer
}
