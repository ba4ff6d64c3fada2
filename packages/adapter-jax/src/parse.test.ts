import { parseLooseObject, readGeneration } from "@sglang-studio/sglang-wire"
import { readExchanges } from "@sglang-studio/sglang-wire/testing"
import { readFileSync } from "node:fs"
import { describe, expect, test } from "vitest"
import { addedAround, promptPieces, withoutAdded } from "./parse.ts"

const golden = (name: string) => new URL(`../test/golden/${name}`, import.meta.url)
const exchanges = readExchanges(golden("exchanges.jsonl"))
const answerTo = (text: string) => {
  const found = exchanges.find(
    ({ request }) => typeof request === "object" && request !== null && "text" in request && request.text === text
  )
  return parseLooseObject(found?.body ?? "", text).value
}

describe("what SGLang-JAX says about a prompt", () => {
  test("are its tokens", () => {
    expect(promptPieces(answerTo(" and of"))).toEqual([
      { id: 300, text: " and" },
      { id: 281, text: " of" }
    ])
  })

  test("this tokenizer adds nothing around a text", () => {
    expect(addedAround(promptPieces(answerTo("a")), promptPieces(answerTo("b")))).toEqual({ before: 0, after: 0 })
  })

  test("a BOS before and an EOS after show themselves on two texts and are taken off", () => {
    const around = (id: number) => [1, id, 2].map((each) => ({ id: each, text: null }))
    const added = addedAround(around(10), around(11))
    expect(added).toEqual({ before: 1, after: 1 })
    expect(withoutAdded(around(42), added)).toEqual([{ id: 42, text: null }])
  })
})

describe("what SGLang-JAX says about a generation", () => {
  test("is read position by position, the first one without a value", () => {
    const { prompt, output, asked, completionTokens, compileMisses } = readGeneration(
      answerTo("The following definition is a joke."),
      20
    )
    expect(prompt.ids).toEqual([550, 1837, 1126, 261, 709, 307, 260, 511, 1220, 16])
    expect(prompt.tokens.join("")).toBe("The following definition is a joke.")
    expect(prompt.logprobs.slice(0, 3)).toEqual([null, -7.411771297454834, -9.211064338684082])
    expect(prompt.top?.ids.map((row) => row.length)).toEqual([0, 20, 20, 20, 20, 20, 20, 20, 20, 20])
    expect(prompt.ranks).toEqual([null, null, null, 2, 1, 5, 1, null, 1, 1])
    expect(asked).toEqual([-9.018035888671875, -8.905317306518555])
    expect({ completionTokens, out: output.ids.length, compileMisses }).toEqual({
      completionTokens: 1,
      out: 1,
      compileMisses: 2
    })
  })

  test("shows when it repeats output logprobs: 36 rows for 8 tokens", () => {
    const body = parseLooseObject(readFileSync(golden("generate-repeated-logprobs.json"), "utf8"), "it").value
    const { output, completionTokens, listedIds } = readGeneration(body, 0)
    expect({ rows: output.ids.length, listed: listedIds.length, completionTokens }).toEqual({
      rows: 36,
      listed: 10,
      completionTokens: 8
    })
  })

  test.each([
    ["no meta_info", {}],
    ["no list", { meta_info: { input_token_logprobs: 3 } }],
    ["no id", { meta_info: { output_token_logprobs: [[-1, null, "x"]] } }],
    [
      "fewer alternatives than positions",
      { meta_info: { output_token_logprobs: [[-1, 2, "x"]], output_top_logprobs: [] } }
    ]
  ])("is refused with %s", (_, body) => {
    expect(() => readGeneration(body, 5)).toThrow("The answer to POST /generate has an unexpected")
  })
})
