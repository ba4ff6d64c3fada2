import type { Label } from "@sglang-studio/core/domain"
import type { Piece } from "./dialect.ts"
import { refuse } from "./refuse.ts"

/** Turns label texts into ids: each must be exactly one token, else the error shows its pieces. */
export const oneTokenEach = (texts: readonly string[], pieces: readonly (readonly Piece[])[]): readonly Label[] =>
  texts.map((text, index) => {
    const [piece, ...more] = pieces[index] ?? []
    if (piece !== undefined && more.length === 0) return { text, id: piece.id }
    const shown = (pieces[index] ?? [])
      .map(({ id, text: part }) => `${JSON.stringify(part ?? "?")} (${id})`)
      .join(" + ")
    throw refuse(
      `labels[${index}]`,
      piece === undefined
        ? `${JSON.stringify(text)} is no token at all`
        : `${JSON.stringify(text)} is ${more.length + 1} tokens: ${shown}`,
      "A label is exactly one token of the model: try another word, with or without a space before it, or give its id."
    )
  })
