import { parseLooseObject, readGeneration } from "@sglang-studio/sglang-wire"
import { readExchanges } from "@sglang-studio/sglang-wire/testing"
import { describe, expect, test } from "vitest"
import { piecesOf, readText, readTokens } from "./parse.ts"

const exchanges = readExchanges(new URL("../test/golden/exchanges.jsonl", import.meta.url))
const answers = (path: string) =>
  exchanges.filter((each) => each.path === path).map(({ body }) => parseLooseObject(body, path).value)

describe("what SGLang PyTorch says about texts", () => {
  test("are their ids, an empty text has none", () => {
    const [body = {}] = answers("/tokenize")
    expect(readTokens(body, 5)).toEqual([[300], [281], [], [550, 567, 735, 1677, 822, 742, 90], [387, 278]])
  })

  test("are the texts of single tokens", () => {
    const [body = {}] = answers("/detokenize")
    expect(piecesOf([300, 281], readText(body, 2))).toEqual([
      { id: 300, text: " and" },
      { id: 281, text: " of" }
    ])
  })

  test.each([
    ["no list", { tokens: 3 }],
    ["another number of texts", { tokens: [[1]] }],
    ["something else than ids", { tokens: [[1], ["x"]] }]
  ])("is refused with %s", (_, body) => {
    expect(() => readTokens(body, 2)).toThrow("POST /tokenize answered something unexpected")
  })
})

test("what SGLang PyTorch says about a prompt is read position by position", () => {
  const [body = {}] = exchanges
    .filter(
      ({ request }) =>
        typeof request === "object" &&
        request !== null &&
        "text" in request &&
        request.text === "The following definition is a joke."
    )
    .map((each) => parseLooseObject(each.body, "it").value)
  const { prompt, asked, compileMisses } = readGeneration(body, 20)
  expect(prompt.tokens.join("")).toBe("The following definition is a joke.")
  expect(prompt.logprobs.slice(0, 3)).toEqual([null, -7.411770343780518, -9.211063385009766])
  expect(prompt.top?.ids.map((row) => row.length)).toEqual([0, 20, 20, 20, 20, 20, 20, 20, 20, 20])
  expect({ asked, compileMisses }).toEqual({ asked: [-9.018035888671875, -8.905314445495605], compileMisses: null })
})
