import { expect, it } from "vitest"
import { runTitle } from "./title.ts"

const score = {
  labels: [" yes"],
  labelTokenIds: null,
  applySoftmax: true,
  itemFirst: false,
  oneByOne: false,
  mask: null
}
const generate = { maxNewTokens: 8, temperature: 0, seed: null, topLogprobs: 0 }

it("says in one line what was asked", () => {
  expect(
    [
      runTitle({ score: { ...score, query: "Is this\n  about a refund?", items: [" a", " b"] } }),
      runTitle({ score: { ...score, query: [1, 2, 3], items: [" a"] } }),
      runTitle({ generate: { ...generate, prompt: "Once upon a time", inputIds: null } }),
      runTitle({ generate: { ...generate, prompt: null, inputIds: [1, 2] } }),
      runTitle({ benchmark: { entrypoint: "serving", set: { "num-prompts": 20, "dataset-name": "random-ids" } } })
    ].join("\n")
  ).toMatchInlineSnapshot(`
    "2 items · Is this about a refund?
    1 item · 3 token ids
    Once upon a time
    2 token ids
    serving num-prompts=20 dataset-name=random-ids"
  `)
})

it("stays within 120 characters and cuts none in half", () => {
  const titleOf = (prompt: string) => runTitle({ generate: { ...generate, prompt, inputIds: null } })
  expect(Array.from(titleOf("🦙".repeat(500)))).toHaveLength(120)
  for (let spaces = 400; spaces < 480; spaces++) {
    expect(titleOf(" ".repeat(spaces) + "🦙".repeat(50)).isWellFormed()).toBe(true)
  }
})
