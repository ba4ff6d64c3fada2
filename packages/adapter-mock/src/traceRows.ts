import type { TraceChunk } from "@sglang-studio/core/adapter"
import { emptyContext, extend, type Context } from "./model/languageModel.ts"
import { tokenTexts } from "./model/vocabulary.ts"
import { predict, type Prediction } from "./predict.ts"
import type { Behaviour } from "./scenarios/Scenario.ts"
import type { Seat } from "./Seat.ts"

/** Rows of a trace that are still growing. */
export interface TraceRows {
  readonly ids: number[]
  readonly logprobs: (number | null)[]
  readonly ranks: (number | null)[]
  readonly top: { readonly ids: number[][]; readonly logprobs: number[][] }
}

export const emptyRows = (): TraceRows => ({ ids: [], logprobs: [], ranks: [], top: { ids: [], logprobs: [] } })

export const addRow = (rows: TraceRows, id: number, prediction: Prediction | null, topK: number): void => {
  const top = prediction?.top(topK) ?? { ids: [], logprobs: [] }
  const listed = top.ids.indexOf(id)
  rows.ids.push(id)
  rows.logprobs.push(prediction?.logprob(id) ?? null)
  rows.ranks.push(listed < 0 ? (prediction?.rank(id) ?? null) : listed + 1)
  rows.top.ids.push([...top.ids])
  rows.top.logprobs.push([...top.logprobs])
}

/** A prompt that was walked with every token given. */
export interface Walk {
  readonly rows: TraceRows
  /** What is known before each token, and after the last. */
  readonly contexts: readonly Context[]
}

/** Walks a prompt; what it begins with like the walk before, in the same seat, is not walked again. */
export const teacherForced = (
  behaviour: Behaviour,
  ids: readonly number[],
  seat: Seat,
  topK: number,
  before: Walk = { rows: emptyRows(), contexts: [emptyContext] }
): Walk => {
  const shared = commonLength(before.rows.ids, ids)
  const rows = firstRows(before.rows, shared)
  const contexts = before.contexts.slice(0, shared + 1)
  let context = contexts[shared] ?? emptyContext
  for (let position = shared; position < ids.length; position++) {
    const id = ids[position] ?? 0
    const prediction = position === 0 ? null : predict(behaviour, context, { ...seat, position })
    addRow(rows, id, prediction, topK)
    contexts.push((context = extend(context, id)))
  }
  return { rows, contexts }
}

const commonLength = (a: readonly number[], b: readonly number[]): number => {
  let length = 0
  while (length < a.length && a[length] === b[length]) length++
  return length
}

const firstRows = ({ ids, logprobs, ranks, top }: TraceRows, count: number): TraceRows => ({
  ids: ids.slice(0, count),
  logprobs: logprobs.slice(0, count),
  ranks: ranks.slice(0, count),
  top: { ids: top.ids.slice(0, count), logprobs: top.logprobs.slice(0, count) }
})

/** The rows as a chunk that begins at `from`. */
export const chunkOf = (
  rows: TraceRows,
  {
    topK,
    ...head
  }: { readonly case: string; readonly promptLength: number; readonly from: number; readonly topK: number }
): TraceChunk => ({
  ...head,
  semantics: "raw",
  ids: rows.ids,
  tokens: rows.ids.map((id) => tokenTexts[id] ?? null),
  logprobs: rows.logprobs,
  ranks: rows.ranks,
  top: topK === 0 ? null : { k: topK, ...rows.top }
})
