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

/** Walks a prompt with every token given: its rows, and what is known after its last token. */
export const teacherForced = (
  behaviour: Behaviour,
  ids: readonly number[],
  seat: Seat,
  topK: number
): { readonly rows: TraceRows; readonly context: Context } => {
  const rows = emptyRows()
  let context = emptyContext
  for (const [position, id] of ids.entries()) {
    const prediction = position === 0 ? null : predict(behaviour, context, { ...seat, position })
    addRow(rows, id, prediction, topK)
    context = extend(context, id)
  }
  return { rows, context }
}

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
