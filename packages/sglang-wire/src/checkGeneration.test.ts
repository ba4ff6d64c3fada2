import type { Json, JsonObject } from "@sglang-studio/core/domain"
import { describe, expect, test } from "vitest"
import { checkGeneration } from "./checkGeneration.ts"
import { readGeneration } from "./generation.ts"

const triple = (id: number): Json => [-1, id, null]
/** A sound answer to the ids 5 6 7 with two new tokens, but for what is changed in its `meta_info`. */
const answer = (changed: JsonObject) =>
  readGeneration(
    {
      meta_info: {
        prompt_tokens: 3,
        completion_tokens: 2,
        input_token_logprobs: [[null, 5, null], triple(6), triple(7)],
        output_token_logprobs: [triple(8), triple(9)],
        ...changed
      }
    },
    0
  )
const rows = (...ids: readonly number[]) => ({
  prompt_tokens: ids.length,
  input_token_logprobs: ids.map((id, index) => (index === 0 ? [null, id, null] : triple(id)))
})
const sent = { inputIds: [5, 6, 7], maxNewTokens: 2 }
const text = { inputIds: null, maxNewTokens: 2 }
const only = (asked: object) => ({ ...sent, ...asked })

describe("an answer of /generate", () => {
  test.each([
    ["without prompt logprobs", { input_token_logprobs: null }, text, "lacks meta_info.input_token_logprobs"],
    ["without output logprobs", { output_token_logprobs: null }, text, "lacks meta_info.output_token_logprobs"],
    ["without a count of tokens", { completion_tokens: null }, text, "lacks meta_info.completion_tokens"],
    [
      "with fewer rows than prompt tokens",
      { prompt_tokens: 5 },
      text,
      "has 3 input_token_logprobs for 5 prompt_tokens"
    ],
    ["with more rows", { prompt_tokens: 2 }, sent, "has 3 input_token_logprobs for 2 prompt_tokens"],
    [
      "with fewer output rows",
      { completion_tokens: 4 },
      only({ maxNewTokens: 4 }),
      "has 2 output_token_logprobs for 4"
    ],
    ["about another prompt", rows(5, 9, 7), sent, "has the token 9 in input_token_logprobs[1], where 6 was sent"],
    ["about other ids of another number", rows(5, 9), sent, "has 2 input_token_logprobs for the 3 input_ids"],
    [
      "about a part of the ids, without a count of its own",
      { ...rows(5, 6), prompt_tokens: null },
      sent,
      "has 2 input_token_logprobs for the 3 input_ids"
    ],
    [
      "above 0",
      { output_token_logprobs: [triple(8), [0.7, 9, null]] },
      text,
      "has a logprob of 0.7 in output_token_logprobs: none is above 0"
    ],
    ["with labels above 0", { output_token_ids_logprobs: [[[2, 8, null]]] }, text, "in output_token_ids_logprobs"]
  ])("%s is refused", (_, changed, asked, message) => {
    expect(() => checkGeneration(answer(changed), asked)).toThrow(
      expect.objectContaining({ reason: "protocol", message: expect.stringContaining(message) })
    )
  })

  test.each([
    ["that is sound", {}, sent],
    ["with a BOS that the server put before", rows(1, 5, 6, 7), sent],
    ["with an EOS behind", rows(5, 6, 7, 2), sent],
    ["to the head of a prompt that the engine cut", rows(5, 6), sent],
    ["to its tail", rows(6, 7), sent],
    ["that lists repeated output logprobs", { output_token_logprobs: [8, 8, 9].map(triple) }, sent],
    ["with more tokens than are wanted", { output_token_logprobs: [triple(8)] }, only({ maxNewTokens: 1 })],
    ["whose output nobody wants", { output_token_logprobs: null, completion_tokens: null }, only({ maxNewTokens: 0 })],
    ["above 0 by rounding", { output_token_logprobs: [triple(8), [3e-7, 9, null]] }, sent]
  ])("%s passes", (_, changed, asked) => {
    expect(() => checkGeneration(answer(changed), asked)).not.toThrow()
  })
})
