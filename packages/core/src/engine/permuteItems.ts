import type { RunEvent, ScoreRunResult } from "../adapter/Adapter.ts"
import type { RunRequest } from "../domain/workload.ts"

/** The same score with every item in another row: the first goes last. Other requests stay as they are. */
export const permuteItems = (request: RunRequest): RunRequest => {
  if (!("score" in request)) return request
  const [first, ...rest] = request.score.items
  return { score: { ...request.score, items: first === undefined ? [] : [...rest, first] } }
}

/** What is told of permuted items, told of the items as they were asked. */
export const restoreItems = (event: RunEvent, items: number): RunEvent => {
  if (event.type === "trace") return { ...event, chunk: { ...event.chunk, case: askedCase(event.chunk.case, items) } }
  if (event.type !== "result" || event.result.kind !== "score") return event
  return { ...event, result: askedRows(event.result) }
}

const askedCase = (name: string, items: number): string => {
  const row = /^item-(\d+)$/u.exec(name)?.[1]
  return row === undefined ? name : `item-${(Number(row) + 1) % items}`
}

const askedRows = (result: ScoreRunResult): ScoreRunResult => ({
  ...result,
  items: lastFirst(result.items),
  scores: lastFirst(result.scores),
  logprobs: result.logprobs && lastFirst(result.logprobs),
  oneByOne: result.oneByOne && lastFirst(result.oneByOne)
})

const lastFirst = <T>(rows: readonly T[]): readonly T[] => [...rows.slice(-1), ...rows.slice(0, -1)]
