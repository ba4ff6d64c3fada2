import { AdapterError, type Context } from "@sglang-studio/core/adapter"
import { patient, readAnswer, requireServer, type Piece, type Server, type Wire } from "@sglang-studio/sglang-wire"
import { engine } from "./engine.ts"
import { addedAround, promptPieces, withoutAdded } from "./parse.ts"

/** Token ids of each text, without special tokens. */
export const tokenize = async (
  wire: Wire,
  texts: readonly string[],
  context: Context
): Promise<readonly (readonly number[])[]> => {
  const server = await requireServer(wire, engine, context)
  const pieces = await tokenizePieces(wire, server, texts, context)
  return pieces.map((row) => row.map(({ id }) => id))
}

/**
 * SGLang-JAX has no /tokenize, but says the ids of a prompt beside their logprobs. What its tokenizer adds to every text
 * (a BOS) shows itself on two texts that have nothing in common.
 */
export const tokenizePieces = async (
  wire: Wire,
  server: Server,
  texts: readonly string[],
  context: Context
): Promise<readonly (readonly Piece[])[]> => {
  if (!server.hasTokenizer) {
    throw new AdapterError({
      reason: "unsupported",
      message: `${wire.config.url} runs without a tokenizer (--skip-tokenizer-init) and takes token ids only.`,
      hint: "Give labels, query and items as token ids."
    })
  }
  if (texts.every((text) => text === "")) return texts.map(() => [])
  const added = addedAround(await ask(wire, "a", context), await ask(wire, "b", context))
  const rows: (readonly Piece[])[] = []
  // An empty prompt kills the server.
  for (const text of texts) rows.push(text === "" ? [] : withoutAdded(await ask(wire, text, context), added))
  return rows
}

const ask = async (wire: Wire, text: string, context: Context): Promise<readonly Piece[]> => {
  const answer = await wire.http.post("/generate", tokenizeBody(text), patient(context))
  return promptPieces(readAnswer(answer, "POST /generate").value)
}

/** The server compiles one graph per set of logprob options and label ids: this one is the same for all texts. */
const tokenizeBody = (text: string) => ({
  text,
  sampling_params: { temperature: 0, max_new_tokens: 1 },
  return_logprob: true,
  logprob_start_len: 0
})
