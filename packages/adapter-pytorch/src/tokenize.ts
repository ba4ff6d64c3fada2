import type { Context } from "@sglang-studio/core/adapter"
import { brief, readAnswer, requireServer, type Piece, type Server, type Wire } from "@sglang-studio/sglang-wire"
import { engine } from "./engine.ts"
import { piecesOf, readText, readTokens } from "./parse.ts"

/** Token ids of each text, without special tokens. */
export const tokenize = async (
  wire: Wire,
  texts: readonly string[],
  context: Context
): Promise<readonly (readonly number[])[]> => {
  await requireServer(wire, engine, context)
  return ask(wire, texts, context)
}

/** The tokens of each text; what a token stands for is asked only where a text is not a single one. */
export const tokenizePieces = async (
  wire: Wire,
  _server: Server,
  texts: readonly string[],
  context: Context
): Promise<readonly (readonly Piece[])[]> => {
  const rows: (readonly Piece[])[] = []
  for (const [index, ids] of (await ask(wire, texts, context)).entries()) {
    const [only, ...more] = ids
    rows.push(
      only !== undefined && more.length === 0
        ? [{ id: only, text: texts[index] ?? null }]
        : piecesOf(ids, await spell(wire, ids, context))
    )
  }
  return rows
}

const ask = async (wire: Wire, texts: readonly string[], context: Context): Promise<readonly (readonly number[])[]> => {
  const body = { prompt: texts, add_special_tokens: false }
  const answer = await wire.http.post("/tokenize", body, brief(context))
  return readTokens(readAnswer(answer, "POST /tokenize").value, texts.length)
}

const spell = async (wire: Wire, ids: readonly number[], context: Context): Promise<readonly (string | null)[]> => {
  const body = { tokens: ids.map((id) => [id]), skip_special_tokens: false }
  const answer = await wire.http.post("/detokenize", body, brief(context))
  return answer.status === 200
    ? readText(readAnswer(answer, "POST /detokenize").value, ids.length)
    : ids.map(() => null)
}
