import { execFileSync } from "node:child_process"
import { describe, expect, it } from "vitest"
import * as fc from "fast-check"
import { quote, reproduceCli } from "./reproduceCli.ts"

describe("reproduceCli", () => {
  it("writes a score", () => {
    const score = {
      query: "Is it 'fair'?",
      items: [" yes", "no\nway"],
      labels: [" yes", " no"],
      labelTokenIds: null,
      applySoftmax: true,
      itemFirst: true,
      oneByOne: true,
      mask: { preset: "causal", matrix: null }
    } as const
    expect(reproduceCli("pt=http://127.0.0.1:30001", { score })).toMatchInlineSnapshot(`
      "studio score --backend pt=http://127.0.0.1:30001 --query 'Is it '\\''fair'\\''?' --item ' yes' --item 'no
      way' --label ' yes' --label ' no' --softmax --item-first --one-by-one --mask causal"
    `)
    const byIds = {
      ...score,
      query: [1, 2],
      items: [[3], "x"],
      labels: null,
      labelTokenIds: [260, 16],
      mask: null,
      oneByOne: false
    }
    expect(reproduceCli("pt", { score: byIds })).toMatchInlineSnapshot(
      `"studio score --backend pt --query-file <(printf %s '[1,2]') --items-file <(printf %s '[[3],"x"]') --label-id 260 --label-id 16 --softmax --item-first"`
    )
  })

  it("gives many items as a file", () => {
    const items = Array.from({ length: 17 }, (_, index) => `item ${index}`)
    const score = {
      query: "q",
      items,
      labels: null,
      labelTokenIds: [1],
      applySoftmax: false,
      itemFirst: false,
      oneByOne: false,
      mask: null
    }
    expect(reproduceCli("m", { score })).toContain(` --items-file <(printf %s '${JSON.stringify(items)}') `)
  })

  it("writes a generation and a benchmark", () => {
    const generate = { prompt: null, inputIds: [1, 2], maxNewTokens: 4, temperature: 0, seed: 7, topLogprobs: 5 }
    expect(reproduceCli("m=mock:clean,seed=1", { generate })).toMatchInlineSnapshot(
      `"studio generate --backend m=mock:clean,seed=1 --input-ids '[1,2]' --max-new-tokens 4 --temperature 0 --seed 7 --top-logprobs 5"`
    )
    const set = { "num-prompts": 20, "dataset-name": "random-ids", "extra-request-body": '{"a": 1}' }
    expect(reproduceCli("jax", { benchmark: { entrypoint: "serving", set } }, "bench")).toMatchInlineSnapshot(
      `"studio bench serving --backend jax --set num-prompts=20 --set dataset-name=random-ids --set 'extra-request-body={"a": 1}' --mode bench"`
    )
  })

  it("quotes so that a shell reads the same words", () => {
    const words = fc.sample(
      fc.string({ unit: "binary" }).filter((text) => !text.includes("\0") && text.isWellFormed()),
      100
    )
    const script = words.map((word) => `printf '%s\\0' ${quote(word)}`).join("\n")
    expect(execFileSync("sh", { input: script, encoding: "utf8" }).split("\0").slice(0, -1)).toEqual(words)
  })
})
