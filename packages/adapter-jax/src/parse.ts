import type { JsonObject } from "@sglang-studio/core/domain"
import { readGeneration, type Piece } from "@sglang-studio/sglang-wire"

/** The tokens of a prompt, as the answer to `/generate` with `logprob_start_len: 0` lists them. */
export const promptPieces = (body: JsonObject): readonly Piece[] => {
  const { prompt } = readGeneration(body, 0)
  return prompt.ids.map((id, index) => ({ id, text: prompt.tokens[index] ?? null }))
}

/** How many tokens a tokenizer puts before and after every text. */
export interface Added {
  readonly before: number
  readonly after: number
}

/** What two texts without a common character still have in common was added by the tokenizer. */
export const addedAround = (left: readonly Piece[], right: readonly Piece[]): Added => {
  const before = commonLength(left, right)
  const after = commonLength(left.slice(before).toReversed(), right.slice(before).toReversed())
  return { before, after }
}

export const withoutAdded = (pieces: readonly Piece[], { before, after }: Added): readonly Piece[] =>
  pieces.slice(before, pieces.length - after)

const commonLength = (left: readonly Piece[], right: readonly Piece[]): number => {
  const different = left.findIndex((piece, index) => piece.id !== right[index]?.id)
  return different === -1 ? left.length : different
}
