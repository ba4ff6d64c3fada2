import { tokenize } from "../model/vocabulary.ts"
import type { Scenario } from "./Scenario.ts"

/** Pieces longer than `value` characters are missing from the vocabulary: the same bytes are cut otherwise. */
export const tokenizer: Scenario = {
  name: "tokenizer",
  plants: "the same bytes as other ids",
  keys: { value: 5 },
  behave: ({ value }) => ({ tokenize: (text) => tokenize(text, Math.max(1, Math.floor(value))) })
}
