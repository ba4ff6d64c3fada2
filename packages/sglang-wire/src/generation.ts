import { AdapterError } from "@sglang-studio/core/adapter"
import type { Json, JsonObject, TopTokens } from "@sglang-studio/core/domain"
import { excerpt, isNonfinite, isObject, numberOf } from "./looseJson.ts"
import type { TokenRows } from "./tokenRows.ts"

/** An answer of `/generate`, or one (cumulative) event of its stream. */
export interface Generation {
  readonly text: string | null
  /** Ids as the engine lists them; SGLang-JAX may repeat some and leave special tokens out. */
  readonly listedIds: readonly number[]
  readonly completionTokens: number
  readonly promptTokens: number
  readonly cachedTokens: number
  /** Graphs compiled for this request; null where the engine does not count them. */
  readonly compileMisses: number | null
  readonly prompt: TokenRows
  readonly output: TokenRows
  /** Logprobs of the asked-for ids at the first output position, in the order asked. */
  readonly asked: readonly (number | null)[] | null
  /** `meta_info` without the arrays. */
  readonly meta: JsonObject
  readonly finished: boolean
}

export const readGeneration = (body: JsonObject, topK: number): Generation => {
  const meta = body["meta_info"]
  if (!isObject(meta)) throw malformed("meta_info", meta ?? null)
  const asked = meta["output_token_ids_logprobs"]
  const firstAsked: Json | undefined = Array.isArray(asked) ? asked[0] : undefined
  return {
    text: typeof body["text"] === "string" ? body["text"] : null,
    listedIds: Array.isArray(body["output_ids"]) ? body["output_ids"].map((id: Json) => numberOf(id) ?? -1) : [],
    completionTokens: numberOf(meta["completion_tokens"]) ?? 0,
    promptTokens: numberOf(meta["prompt_tokens"]) ?? 0,
    cachedTokens: numberOf(meta["cached_tokens"]) ?? 0,
    compileMisses: numberOf(meta["cache_miss_count"]),
    prompt: readRows(meta, "input", topK),
    output: readRows(meta, "output", topK),
    asked: Array.isArray(firstAsked)
      ? firstAsked.map((entry: Json) => readTriple(entry, "output_token_ids_logprobs").logprob)
      : null,
    meta: Object.fromEntries(Object.entries(meta).filter(([, value]) => !Array.isArray(value))),
    finished: isObject(meta["finish_reason"])
  }
}

const readRows = (meta: JsonObject, side: "input" | "output", topK: number): TokenRows => {
  const field = `${side}_token_logprobs`
  const triples = list(meta[field], field).map((entry) => readTriple(entry, field))
  const top = topK === 0 ? null : readTop(meta[`${side}_top_logprobs`], `${side}_top_logprobs`, triples.length, topK)
  return {
    ids: triples.map(({ id }) => id),
    tokens: triples.map(({ text }) => text),
    logprobs: triples.map(({ logprob }) => logprob),
    ranks: triples.map(({ id }, row) => rankOf(id, top?.ids[row] ?? [])),
    top
  }
}

const readTop = (value: Json | undefined, field: string, rows: number, k: number): TopTokens => {
  const positions = list(value, field)
  if (positions.length < rows) throw malformed(field, value ?? null)
  const triples = positions.slice(0, rows).map((position) =>
    list(position, field)
      .slice(0, k)
      .map((entry) => readTriple(entry, field))
  )
  return {
    k,
    ids: triples.map((row) => row.map(({ id }) => id)),
    logprobs: triples.map((row) => row.map(({ logprob }) => logprob))
  }
}

/** Position of the token among its alternatives, from 1; beyond the list it is not known. */
const rankOf = (id: number, alternatives: readonly number[]): number | null => {
  const index = alternatives.indexOf(id)
  return index === -1 ? null : index + 1
}

interface Triple {
  readonly logprob: number | null
  readonly id: number
  readonly text: string | null
}

/** `[logprob, id, text]`; null has no value, and neither has what is not finite, which orjson writes as null. */
const readTriple = (entry: Json, field: string): Triple => {
  if (!Array.isArray(entry)) throw malformed(field, entry)
  const [logprob, id, text]: readonly Json[] = entry
  if (typeof id !== "number" || (logprob !== null && typeof logprob !== "number" && !isNonfinite(logprob))) {
    throw malformed(field, entry)
  }
  return { logprob: numberOf(logprob), id, text: typeof text === "string" ? text : null }
}

const list = (value: Json | undefined, field: string): readonly Json[] => {
  if (value === undefined || value === null) return []
  if (!Array.isArray(value)) throw malformed(field, value)
  return value
}

const malformed = (field: string, got: Json): AdapterError =>
  new AdapterError({
    reason: "protocol",
    message: `The answer to POST /generate has an unexpected ${field}: ${excerpt(JSON.stringify(got))}`,
    hint: "This server's answers differ from those that the adapter knows; report its version."
  })
