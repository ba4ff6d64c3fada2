import type { BenchmarkFlags } from "@sglang-studio/core/domain"
import { expect, test } from "vitest"
import { checkAsked } from "./checkAsked.ts"

const bench = (entrypoint: string, set: BenchmarkFlags) => () => checkAsked({ benchmark: { entrypoint, set } })
const score = {
  query: "q",
  items: ["a"],
  labels: [" yes"],
  labelTokenIds: null,
  applySoftmax: false,
  itemFirst: false,
  oneByOne: false,
  mask: null
}

test("what a server is needed for is left to the run", () => {
  expect(bench("load", { "num-prompts": 10, "input-len": 8 })).not.toThrow()
  expect(bench("serving", { "dataset-name": "random-ids" })).not.toThrow()
  const mask = { preset: "bidirectional-prefix", matrix: null } as const
  expect(() => checkAsked({ score: { ...score, mask } })).not.toThrow()
})

test("what is wrong whoever answers is refused by the name of its field", () => {
  expect(bench("load", { "dataset-name": "random-ids" })).toThrow("set.dataset-name: is no flag of `load`")
  expect(bench("load", { "max-concurrency": 0 })).toThrow("set.max-concurrency")
  expect(bench("serving", { "output-file": "x" })).toThrow("set.output-file")
  expect(bench("one-batch", { "--batch-size": 1 })).toThrow("set.--batch-size")
  expect(() => checkAsked({ score: { ...score, labels: null, labelTokenIds: [-1] } })).toThrow("label_token_ids[0]")
})
