import type { GenerateRequest, RunEvent, Send } from "@sglang-studio/core/adapter"
import { describe, expect, test } from "vitest"
import type { Exchange } from "./Exchange.ts"
import type { Replayed } from "./replayOf.ts"
import { twoItems } from "./twoItems.ts"

/** Tests of what both engines must do with a request that is sent again in another way; both recordings have it. */
export const describeSends = (engine: string, replayed: (first?: readonly Exchange[]) => Promise<Replayed>): void => {
  describe(`a request that is sent again to a recorded ${engine}`, () => {
    const generated = async (send?: Send) => {
      await using backend = await replayed()
      const { events, error } = await backend.attempt((under, context) =>
        under.generate?.(generate, { ...context, ...(send && { send }) })
      )
      expect(error).toBeNull()
      return { trace: traceOf(events), asked: backend.server.asked.filter(({ method }) => method === "POST") }
    }

    test("in company is the last of one batch, and tells of itself only", async () => {
      const { trace, asked } = await generated({ kind: "batched", companions })
      const plain = await generated()
      expect(asked.at(-1)?.request).toMatchObject({ text: [...companions, "The quick brown fox"] })
      expect(trace?.ids).toEqual(plain.trace?.ids)
      for (const [position, logprob] of [...(trace?.logprobs ?? [])].entries())
        if (logprob !== null) expect(logprob).toBeCloseTo(plain.trace?.logprobs[position] ?? NaN, 4)
    })

    test("over the OpenAI-compatible route has the ids of /generate, and that route's logprobs", async () => {
      const { trace, asked } = await generated({ kind: "completions", companions: [] })
      const plain = await generated()
      expect(asked.at(-1)?.path).toBe("/v1/completions")
      expect(trace?.ids).toEqual(plain.trace?.ids)
      expect(trace?.logprobs[1]).toBeCloseTo(plain.trace?.logprobs[1] ?? NaN, 4)
      expect(trace?.top?.ids.flat()).toEqual([])
    })

    test("after a flush empties the cache first, and says so where that was refused", async () => {
      const { asked } = await generated({ kind: "flushed", companions: [] })
      expect(asked.map(({ path }) => path).slice(-2)).toEqual(["/flush_cache", "/generate"])
      await using busy = await replayed([busyServer])
      const { error } = await busy.attempt((under, context) =>
        under.generate?.(generate, { ...context, send: { kind: "flushed", companions: [] } })
      )
      expect(error).toMatchObject({
        reason: "protocol",
        message: expect.stringContaining("did not flush its cache (400)")
      })
    })

    test("as a batch of one scores every item alone", async () => {
      await using backend = await replayed()
      const { events } = await backend.attempt((under, context) =>
        under.score?.(twoItems, { ...context, send: { kind: "batch-of-1", companions: [] } })
      )
      expect(scoresOf(events)?.scores).toEqual(scoresOf(events)?.oneByOne)
      const sent = backend.server.asked.filter(({ path }) => path === "/v1/score")
      expect(sent.map(({ request }) => request)).toMatchObject([
        { items: [" a joke."] },
        { items: [" an old story."] },
        { items: [" a joke."] },
        { items: [" an old story."] }
      ])
    })
  })
}

const generate: GenerateRequest = {
  prompt: "The quick brown fox",
  inputIds: null,
  maxNewTokens: 8,
  temperature: 0,
  seed: 1,
  topLogprobs: 5
}
const busyServer = {
  method: "POST",
  path: "/flush_cache",
  status: 400,
  type: "text/plain",
  body: "Failed to flush"
}
const companions = ["Rain fell all day.", "One, two, three"]

const traceOf = (events: readonly RunEvent[]) =>
  events.flatMap((event) => (event.type === "trace" ? [event.chunk] : []))[0]
const scoresOf = (events: readonly RunEvent[]) =>
  events.flatMap((event) => (event.type === "result" && event.result.kind === "score" ? [event.result] : []))[0]
