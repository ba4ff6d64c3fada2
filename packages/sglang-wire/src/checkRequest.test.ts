import { isAdapterError, type GenerateRequest, type ScoreRequest } from "@sglang-studio/core/adapter"
import { describe, expect, test } from "vitest"
import { checkGenerate, checkScore } from "./checkRequest.ts"

const limits = { contextLength: 16, maxInputTokens: 10, vocabulary: 2048 }
const byText: ScoreRequest = {
  query: "q",
  items: [" a"],
  labels: [" yes"],
  labelTokenIds: null,
  applySoftmax: false,
  itemFirst: false,
  oneByOne: false,
  mask: null
}
const byIds: ScoreRequest = { ...byText, query: [1], items: [[2]], labels: null, labelTokenIds: [3] }
const prompt: GenerateRequest = {
  prompt: "p",
  inputIds: null,
  maxNewTokens: 4,
  temperature: 0,
  seed: null,
  topLogprobs: 5
}

const refusal = (check: () => void): string => {
  try {
    check()
    return "taken"
  } catch (cause) {
    if (isAdapterError(cause)) return `${cause.reason} | ${cause.message} | ${cause.hint}`
    throw cause
  }
}

describe("a score request", () => {
  test.each([
    ["by text", byText],
    ["by ids", byIds],
    ["with an empty item beside a query", { ...byText, items: [""] }],
    ["with equal labels", { ...byIds, labelTokenIds: [3, 3] }],
    ["with the mask that is served anyway", { ...byText, mask: { preset: "causal", matrix: null } as const }]
  ])("%s is taken", (_, request) => {
    expect(refusal(() => checkScore(request, limits))).toBe("taken")
  })

  test("that would crash or mislead a server is refused: the field, its value, the way out", () => {
    const bad: readonly ScoreRequest[] = [
      { ...byText, items: [] },
      { ...byText, query: "", items: [""] },
      { ...byText, items: [[1]] },
      { ...byIds, items: [" a"] },
      { ...byText, labels: [] },
      { ...byText, labels: [""] },
      { ...byText, labels: null },
      { ...byIds, labels: [" yes"] },
      { ...byIds, labelTokenIds: [] },
      { ...byIds, labelTokenIds: [7, -1] },
      { ...byIds, labelTokenIds: [2048] },
      { ...byIds, query: [1.5] },
      { ...byIds, items: [[1], [99999]] },
      { ...byIds, items: [Array.from({ length: 10 }, () => 1)] },
      { ...byText, mask: { preset: "doc-isolation", matrix: null } }
    ]
    expect(bad.map((request) => refusal(() => checkScore(request, limits)))).toMatchInlineSnapshot(`
      [
        "invalid-request | items: is empty | Give at least one item to score.",
        "invalid-request | items[0]: query and item together are empty | Give a query, or an item with content.",
        "invalid-request | items[0]: is given as token ids, the query as text | Give query and items all as text, or all as token ids.",
        "invalid-request | items[0]: is given as text, the query as token ids | Give query and items all as text, or all as token ids.",
        "invalid-request | labels: is empty | Give at least one label.",
        "invalid-request | labels[0]: is empty | A label is the text of exactly one token.",
        "invalid-request | labels, label_token_ids: exactly one of them is needed | Give labels as texts or as token ids.",
        "invalid-request | labels, label_token_ids: exactly one of them is needed | Give labels as texts or as token ids.",
        "invalid-request | label_token_ids: is empty | Give at least one label token id.",
        "invalid-request | label_token_ids[1]: -1 is not a token id | Token ids are whole numbers from 0.",
        "invalid-request | label_token_ids[0]: 2048 is beyond the model's vocabulary of 2048 | Token ids of this model go up to 2047; were they made with another tokenizer?",
        "invalid-request | query[0]: 1.5 is not a token id | Token ids are whole numbers from 0.",
        "invalid-request | items[1][0]: 99999 is beyond the model's vocabulary of 2048 | Token ids of this model go up to 2047; were they made with another tokenizer?",
        "invalid-request | items[0]: the prompt has 11 tokens, the server takes 10 | Shorten the prompt.",
        "unsupported | mask: "doc-isolation" is not supported by this backend; it always attends causally. | Score without a mask, or use one of "none" and "causal".",
      ]
    `)
  })
})

describe("a generate request", () => {
  test("that can be answered is taken", () => {
    expect(refusal(() => checkGenerate(prompt, limits))).toBe("taken")
    expect(refusal(() => checkGenerate({ ...prompt, maxNewTokens: 0, topLogprobs: 0, seed: 1 }, limits))).toBe("taken")
  })

  test("that would crash or mislead a server is refused", () => {
    const bad: readonly GenerateRequest[] = [
      { ...prompt, prompt: null },
      { ...prompt, inputIds: [1] },
      { ...prompt, prompt: "" },
      { ...prompt, prompt: null, inputIds: [] },
      { ...prompt, prompt: null, inputIds: [-5] },
      { ...prompt, prompt: null, inputIds: [1, 2], maxNewTokens: 15 },
      { ...prompt, maxNewTokens: -1 },
      { ...prompt, maxNewTokens: 1.5 },
      { ...prompt, topLogprobs: 129 },
      { ...prompt, temperature: -1 },
      { ...prompt, temperature: Number.NaN },
      { ...prompt, seed: -1 }
    ]
    expect(bad.map((request) => refusal(() => checkGenerate(request, limits)))).toMatchInlineSnapshot(`
      [
        "invalid-request | prompt, input_ids: exactly one of them is needed | Give the prompt as text or as token ids.",
        "invalid-request | prompt, input_ids: exactly one of them is needed | Give the prompt as text or as token ids.",
        "invalid-request | prompt: is empty | Give at least one character.",
        "invalid-request | input_ids: is empty | Give at least one token id.",
        "invalid-request | input_ids[0]: -5 is not a token id | Token ids are whole numbers from 0.",
        "invalid-request | input_ids: 2 prompt tokens and 15 new ones exceed the server's context of 16 | Shorten the prompt or ask for fewer tokens.",
        "invalid-request | max_new_tokens: -1 is not a whole number from 0 to 1000000 | Correct the number.",
        "invalid-request | max_new_tokens: 1.5 is not a whole number from 0 to 1000000 | Correct the number.",
        "invalid-request | top_logprobs: 129 is not a whole number from 0 to 128 | Correct the number.",
        "invalid-request | temperature: -1 is not a number from 0 | Use 0 for the most likely token each time.",
        "invalid-request | temperature: NaN is not a number from 0 | Use 0 for the most likely token each time.",
        "invalid-request | seed: -1 is not a whole number from 0 to 2147483647 | Correct the number.",
      ]
    `)
  })
})
