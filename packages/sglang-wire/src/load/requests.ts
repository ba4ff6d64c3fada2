import type { AdapterError } from "@sglang-studio/core/adapter"
import type { Json, JsonObject } from "@sglang-studio/core/domain"
import { makeXoshiro, type Xoshiro } from "@sglang-studio/core/math"
import { isObject } from "../looseJson.ts"
import { refuse } from "../refuse.ts"
import type { LoadSettings } from "./settings.ts"

/** One request as it will be sent, made before the clock runs. */
export interface LoadRequest {
  readonly path: "/generate" | "/v1/score"
  /** JSON; as a text, since Node sends texts and their headers in one piece, buffers apart. */
  readonly body: string
  readonly bodyBytes: number
  /** Null where only the server can count. */
  readonly inputTokens: number | null
  /** Prompts that one request scores. */
  readonly items: number
  /** Labels that each of them is scored for; 0: none is scored. */
  readonly labels: number
}

export interface Target {
  readonly model: string
  /** Random ids are drawn below it. */
  readonly vocabulary: number
}

/** `count` requests with random ids, all different, the same for the same seed. */
export const randomRequests = (settings: LoadSettings, target: Target, count: number): readonly LoadRequest[] => {
  const random = makeXoshiro(settings.seed)
  const ids = (length: number) => drawIds(random, length, target.vocabulary)
  return Array.from({ length: count }, () =>
    settings.kind === "generate"
      ? generateRequest({ input_ids: ids(settings.inputLen) }, settings, settings.inputLen)
      : scoreRequest(
          {
            query: ids(settings.inputLen),
            items: Array.from({ length: settings.items }, () => ids(settings.itemLen)),
            label_token_ids: Array.from({ length: settings.labels }, (_, index) => firstId + index)
          },
          target
        )
  )
}

/** The first ids of most vocabularies are marks such as begin and end of text. */
const firstId = 10

const drawIds = (random: Xoshiro, length: number, vocabulary: number): readonly number[] =>
  Array.from({ length }, () => firstId + random.int(Math.min(vocabulary, 2 ** 21) - firstId))

/**
 * Requests out of a file, over again until there are `count`: a line is a text or a list of ids, or an object with
 * `prompt`, `input_ids`, or `score: {query, items, label_token_ids}`.
 */
export const requestsFrom = (
  text: string,
  settings: LoadSettings,
  target: Target,
  count: number
): readonly LoadRequest[] => {
  const lines = text
    .split("\n")
    .flatMap((line, index) => (line.trim() === "" ? [] : [readLine(line, index + 1, settings, target)]))
  if (lines.length === 0)
    throw refuse("set.prompts-file", "has no requests", "Give a file with one request on each line.")
  return Array.from({ length: count }, (_, index) => lines[index % lines.length] as LoadRequest)
}

const readLine = (line: string, number: number, settings: LoadSettings, target: Target): LoadRequest => {
  const value = parse(line)
  const { prompt, input_ids: ids, score }: JsonObject = isObject(value) ? value : bare(value)
  if (settings.kind === "score") {
    if (isObject(score) && Array.isArray(score["items"]) && Array.isArray(score["label_token_ids"]))
      return scoreRequest(score, target)
    throw badLine(number, 'needs {"score": {"query", "items", "label_token_ids"}}')
  }
  if (typeof prompt === "string") return generateRequest({ text: prompt }, settings, null)
  if (isIds(ids)) return generateRequest({ input_ids: ids }, settings, ids.length)
  throw badLine(number, "needs a text, a list of token ids, or an object with prompt or input_ids")
}

/** A line that is no JSON is a text. */
const parse = (line: string): Json => {
  try {
    const value: Json = JSON.parse(line)
    return value
  } catch {
    return line
  }
}

const bare = (value: Json): JsonObject => (Array.isArray(value) ? { input_ids: value } : { prompt: value })

const isIds = (value: Json | undefined): value is readonly number[] =>
  Array.isArray(value) && value.length > 0 && value.every((id) => Number.isInteger(id))

const badLine = (number: number, wants: string): AdapterError =>
  refuse("set.prompts-file", `line ${number} ${wants}`, "Correct the line, or choose the kind that it is made for.")

const generateRequest = (prompt: JsonObject, settings: LoadSettings, inputTokens: number | null): LoadRequest => ({
  path: "/generate",
  ...bodyOf({
    ...prompt,
    sampling_params: { temperature: 0, max_new_tokens: settings.outputLen, ignore_eos: true },
    stream: true
  }),
  inputTokens,
  items: 1,
  labels: 0
})

const scoreRequest = (score: JsonObject, { model }: Target): LoadRequest => {
  const { query, items, label_token_ids: labels } = score
  return {
    path: "/v1/score",
    ...bodyOf({ ...score, model }),
    inputTokens: tokensOf(query, items),
    items: Array.isArray(items) ? items.length : 1,
    labels: Array.isArray(labels) ? labels.length : 1
  }
}

const bodyOf = (value: JsonObject): Pick<LoadRequest, "body" | "bodyBytes"> => {
  const body = JSON.stringify(value)
  return { body, bodyBytes: Buffer.byteLength(body) }
}

/** Every item is a prompt of its own, behind the query. */
const tokensOf = (query: Json | undefined, items: Json | undefined): number | null => {
  if (!Array.isArray(query) || !Array.isArray(items)) return null
  const lengths = items.map((item) => (Array.isArray(item) ? query.length + item.length : Number.NaN))
  const total = lengths.reduce((sum, length) => sum + length, 0)
  return Number.isNaN(total) ? null : total
}
