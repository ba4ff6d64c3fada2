import { AdapterError } from "@sglang-studio/core/adapter"
import type { Json, JsonObject } from "@sglang-studio/core/domain"
import type { Piece } from "@sglang-studio/sglang-wire"

/** The ids in an answer of `/tokenize` to a list of texts. */
export const readTokens = (body: JsonObject, texts: number): readonly (readonly number[])[] => {
  const rows = body["tokens"]
  if (!Array.isArray(rows) || rows.length !== texts) throw unexpected(body)
  return rows.map((row: Json) => {
    if (!Array.isArray(row)) throw unexpected(body)
    return row.map((id: Json) => {
      if (typeof id !== "number") throw unexpected(body)
      return id
    })
  })
}

/** The texts in an answer of `/detokenize` to single tokens. */
export const readText = (body: JsonObject, tokens: number): readonly (string | null)[] => {
  const texts = body["text"]
  return Array.from({ length: tokens }, (_, index) => {
    const text: Json | undefined = Array.isArray(texts) ? texts[index] : undefined
    return typeof text === "string" ? text : null
  })
}

export const piecesOf = (ids: readonly number[], texts: readonly (string | null)[]): readonly Piece[] =>
  ids.map((id, index) => ({ id, text: texts[index] ?? null }))

const unexpected = (body: JsonObject): AdapterError =>
  new AdapterError({
    reason: "protocol",
    message: `POST /tokenize answered something unexpected: ${JSON.stringify(body).slice(0, 160)}`,
    hint: "This server's /tokenize differs from the one that the adapter knows; report its version."
  })
