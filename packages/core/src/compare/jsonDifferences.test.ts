import { expect, test } from "vitest"
import { jsonDifferences } from "./jsonDifferences.ts"

test("names exactly the field, in wire names, with one value per side", () => {
  const a = { score: { query: "q", items: ["x", "y"], applySoftmax: true, labelTokenIds: [1, 2] } }
  const b = { score: { query: "q", items: ["x", "z", "w"], applySoftmax: false, labelTokenIds: [1, 3] } }
  expect(jsonDifferences("request", [a, b])).toEqual([
    { path: "request.score.items.1", values: ["y", "z"] },
    { path: "request.score.items.2", values: [null, "w"] },
    { path: "request.score.apply_softmax", values: [true, false] },
    {
      path: "request.score.label_token_ids",
      values: [
        [1, 2],
        [1, 3]
      ]
    }
  ])
})

test("leaves the names of variables as they are", () => {
  expect(jsonDifferences("env", [{ XLA_FLAGS: "a" }, {}])).toEqual([{ path: "env.XLA_FLAGS", values: ["a", null] }])
})

test("equal documents differ nowhere, whatever the order of their keys", () => {
  expect(
    jsonDifferences("flags", [
      { a: 1, b: [{ c: null }] },
      { b: [{ c: null }], a: 1 }
    ])
  ).toEqual([])
})
