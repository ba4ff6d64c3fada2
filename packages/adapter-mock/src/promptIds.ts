import type { TokenInput } from "@sglang-studio/core/adapter"
import { invalidRequest } from "./invalidRequest.ts"
import { vocabularySize } from "./model/vocabulary.ts"
import type { Behaviour } from "./scenarios/Scenario.ts"

/** Ids of a prompt as the model sees it: text is encoded with its special tokens, ids are taken as they are. */
export const promptIds = (behaviour: Behaviour, prompt: TokenInput): readonly number[] => {
  const ids = typeof prompt === "string" ? behaviour.frame(behaviour.tokenize(prompt)) : prompt.map(checkId)
  if (ids.length === 0) throw invalidRequest("The prompt is empty.", "Give text or token ids.")
  return behaviour.see(ids)
}

/** Text and text, or ids and ids, in this order. */
export const joinInputs = (first: TokenInput, second: TokenInput): TokenInput => {
  if (typeof first === "string" && typeof second === "string") return first + second
  if (typeof first !== "string" && typeof second !== "string") return [...first, ...second]
  throw invalidRequest("Query and items are partly text, partly token ids.", "Give both as text or both as ids.")
}

export const checkId = (id: number): number => {
  if (Number.isInteger(id) && id >= 0 && id < vocabularySize) return id
  throw invalidRequest(
    `Token id ${id} is outside of the mock's vocabulary.`,
    `Use whole numbers from 0 to ${vocabularySize - 1}.`
  )
}
