import { expect, it } from "vitest"
import { open, play, scoreResult, scripted, started } from "../scripted.ts"

it("takes no mask for what it is, whatever an adapter names", async () => {
  await using studio = await open([
    scripted("engine", { supports: { operations: ["score"], entrypoints: [], masks: [] } })
  ])
  const mask = { preset: "none", matrix: null } as const
  const [run] = await studio.score({ backends: ["a"], query: "q", items: [" x"], labels: [" yes"], mask })
  expect(run).toMatchObject({ status: "succeeded" })
})

it("asks no adapter for a mask that it does not name, and says so in the record", async () => {
  const asked: (string | undefined)[] = []
  const adapter = scripted("engine", {
    supports: { operations: ["score"], entrypoints: [], masks: ["none", "causal"] },
    backend: () => ({
      score: ({ mask }) => {
        asked.push(mask?.preset)
        return play(started, scoreResult)
      }
    })
  })
  await using studio = await open([adapter])
  const score = { backends: ["a"], query: "q", items: [" x"], labels: [" yes"] }
  const [plain] = await studio.score({ ...score, mask: { preset: "causal", matrix: null } })
  const [masked] = await studio.score({ ...score, mask: { preset: "doc-isolation", matrix: null } })
  expect(plain).toMatchObject({ status: "succeeded" })
  expect(masked).toMatchObject({
    status: "failed",
    error: {
      code: "unsupported",
      message: 'The adapter engine cannot apply the mask "doc-isolation".',
      hint: 'Score without a mask, or with "none", "causal".'
    },
    validity: { outcome: "invalid", findings: [{ code: "mask-unsupported", evidence: { preset: "doc-isolation" } }] }
  })
  expect(asked).toEqual(["causal"])
})
