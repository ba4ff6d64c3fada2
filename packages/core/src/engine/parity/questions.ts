import { asIds } from "../../compare/pairRuns.ts"
import type { RunRecord } from "../../compare/Arms.ts"
import type { CaseSpec } from "../../domain/parityCase.ts"
import type { GenerateInput, RunRequest, TokenInput } from "../../domain/workload.ts"

/** A case as it is put to a backend. */
export interface Question {
  /** Names the request in a comparison. */
  readonly name: string
  readonly request: RunRequest
}

/** Alternatives recorded at each position: they miss less than 1 % of the mass at most positions. */
const topLogprobs = 20

const greedy = { temperature: 0, seed: null, topLogprobs } as const

/** Teacher-forced over the prompt, then `maxNewTokens` greedy ones; a score together and one by one. */
export const questionOf = (spec: CaseSpec, maxNewTokens: number): Question => ({
  name: spec.name,
  request: requestOf(spec, maxNewTokens)
})

const requestOf = (spec: CaseSpec, maxNewTokens: number): RunRequest => {
  if ("score" in spec) return { score: { ...spec.score, oneByOne: spec.score.items.length > 1, mask: null } }
  if ("prompt" in spec) return { generate: { ...greedy, prompt: spec.prompt, inputIds: null, maxNewTokens } }
  return { generate: { ...greedy, prompt: null, inputIds: spec.inputIds, maxNewTokens } }
}

/** The same question as the ids that a side made of its text; null where the record does not say them. */
export const questionAsIds = ({ name, request }: Question, record: RunRecord): Question | null => {
  const ids = record.traces.map((trace) => [...trace.ids.subarray(0, trace.promptLength)])
  const [first] = ids
  if (first === undefined || first.length === 0) return null
  if ("generate" in request) {
    const generate: GenerateInput = { ...request.generate, prompt: null, inputIds: first }
    return { name: asIds(name), request: { generate } }
  }
  const labels = record.run.score?.labels
  if (!("score" in request) || labels === undefined || ids.length !== request.score.items.length) return null
  // Only the joined ids matter: what all items begin with stands as the query, and each keeps at least one token.
  const shared = commonLength(ids, Math.min(...ids.map((item) => item.length)) - 1)
  if (shared === 0) return null
  const score = {
    ...request.score,
    query: first.slice(0, shared),
    items: ids.map((item) => item.slice(shared)),
    labels: null,
    labelTokenIds: labels.map(({ id }) => id),
    itemFirst: false
  }
  return { name: asIds(name), request: { score } }
}

const commonLength = (lists: readonly (readonly number[])[], most: number): number => {
  let length = 0
  while (length < most && lists.every((list) => list[length] === lists[0]![length])) length++
  return length
}

/** What a greedy run read and wrote, to be scored as a prompt; null where it wrote nothing. */
export const continuationOf = (name: string, { run, traces }: RunRecord): Question | null => {
  const trace = traces.find((columns) => columns.length > columns.promptLength)
  if (trace === undefined || run.status !== "succeeded" || !("generate" in run.request)) return null
  const inputIds = [...trace.ids.subarray(0, trace.length)]
  const request = { generate: { ...greedy, topLogprobs: 0, prompt: null, inputIds, maxNewTokens: 0 } }
  return { name: `${name} (its output)`, request }
}

/** Prompts of other questions in the same form, which share a request with this one's: three at most. */
export const companionsFor = (question: Question, all: readonly Question[]): readonly TokenInput[] => {
  const form = typeof promptsOf(question.request)[0]
  const at = all.indexOf(question)
  const others = [...all.slice(at + 1), ...all.slice(0, Math.max(0, at))].flatMap(({ request }) => promptsOf(request))
  return others.filter((prompt) => typeof prompt === form).slice(0, 3)
}

/** A score has one prompt per item. */
const promptsOf = (request: RunRequest): readonly TokenInput[] => {
  if ("generate" in request) return [request.generate.prompt ?? request.generate.inputIds ?? ""]
  if (!("score" in request)) return []
  const { query, items, itemFirst } = request.score
  return items.map((item) => (itemFirst ? join(item, query) : join(query, item))).filter((prompt) => prompt !== null)
}

/** Null where one is text and the other is ids: backends refuse that. */
const join = (first: TokenInput, second: TokenInput): TokenInput | null => {
  if (typeof first === "string" && typeof second === "string") return first + second
  return typeof first !== "string" && typeof second !== "string" ? [...first, ...second] : null
}
