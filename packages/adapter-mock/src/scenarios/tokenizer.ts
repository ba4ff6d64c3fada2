import { tokenize } from "../model/vocabulary.ts"
import type { Scenario } from "./Scenario.ts"

const longestPiece = 5

/** Longer pieces are missing from the vocabulary: the same bytes are cut otherwise. Short labels stay one token. */
export const tokenizer: Scenario = {
  name: "tokenizer",
  plants: "the same bytes as other ids",
  keys: {},
  behave: () => ({ tokenize: (text) => tokenize(text, longestPiece) })
}
