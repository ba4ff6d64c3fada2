import { twoItems as request } from "@sglang-studio/sglang-wire/testing"
import { describe, expect, test } from "vitest"
import { replayed } from "./backend.ts"

describe("score on a recorded SGLang PyTorch", () => {
  test("label texts become ids through /tokenize, scores come with traces and with the items alone", async () => {
    await using backend = await replayed()
    const { events, error } = await backend.attempt(({ score }, context) => score?.(request, context))
    expect(error).toBeNull()
    expect(events.at(-1)).toMatchObject({
      result: {
        labels: [
          { text: " and", id: 300 },
          { text: " of", id: 281 }
        ],
        scores: [[0.00012120395065803763, 0.00013566614697865516], expect.any(Array)],
        logprobs: [[-9.018035888671875, -8.905314445495605], expect.any(Array)],
        oneByOne: [[0.00012120395065803763, 0.00013566601759739687], expect.any(Array)]
      }
    })
    expect(backend.server.asked.filter(({ path }) => path === "/tokenize")).toMatchObject([
      { request: { prompt: [" and", " of"], add_special_tokens: false } }
    ])
  })

  test("softmax is over the labels", async () => {
    await using backend = await replayed()
    const { events } = await backend.attempt(({ score }, context) =>
      score?.({ ...request, applySoftmax: true }, context)
    )
    const last = events.at(-1)
    if (last?.type !== "result" || last.result.kind !== "score") throw new Error("no score")
    for (const [and = 0, of = 0] of last.result.scores) expect(and + of).toBeCloseTo(1, 6)
  })

  test("a label of two tokens is refused with its pieces", async () => {
    await using backend = await replayed()
    const { error } = await backend.attempt(({ score }, context) =>
      score?.({ ...request, labels: [" and of"] }, context)
    )
    expect(error).toMatchObject({
      reason: "invalid-request",
      message: 'labels[0]: " and of" is 2 tokens: " and" (300) + " of" (281)'
    })
  })

  test("text beside ids is refused here, since this server would score it", async () => {
    await using backend = await replayed()
    const { error } = await backend.attempt(({ score }, context) =>
      score?.({ ...request, items: [[260, 511]] }, context)
    )
    expect(error).toMatchObject({
      reason: "invalid-request",
      message: "items[0]: is given as token ids, the query as text"
    })
  })
})
