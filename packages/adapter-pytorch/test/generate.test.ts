import type { GenerateRequest } from "@sglang-studio/core/adapter"
import { describe, expect, test } from "vitest"
import { replayed } from "./backend.ts"

const request: GenerateRequest = {
  prompt: "HACKER, n. A person who",
  inputIds: null,
  maxNewTokens: 8,
  temperature: 0,
  seed: null,
  topLogprobs: 3
}

describe("generate on a recorded SGLang PyTorch", () => {
  test("is told token by token, then traced as a whole", async () => {
    await using backend = await replayed()
    const { events, error } = await backend.attempt(({ generate }, context) => generate?.(request, context))
    expect(error).toBeNull()
    const live = events.flatMap((event) => (event.type === "token" ? [event] : []))
    expect(live.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
    expect(live.map(({ text }) => text).join("")).toBe(" has not been pointed out of the")
    expect(events.find(({ type }) => type === "trace")).toMatchObject({
      chunk: {
        case: "prompt",
        promptLength: 10,
        semantics: "raw",
        ids: { length: 18 },
        top: { k: 3, ids: { length: 18 } }
      }
    })
    expect(events.at(-1)).toMatchObject({
      result: {
        output: { text: " has not been pointed out of the", tokenIds: live.map(({ id }) => id) },
        metrics: { ttft_ms: { unit: "ms" }, output_tokens: { value: 8 } }
      }
    })
  })

  test("without new tokens only the prompt is traced", async () => {
    await using backend = await replayed()
    const { events } = await backend.attempt(({ generate }, context) =>
      generate?.({ ...request, maxNewTokens: 0 }, context)
    )
    expect(events.map(({ type }) => type)).toEqual(["started", "progress", "trace", "result"])
    expect(events.at(-1)).toMatchObject({ result: { output: { text: "", tokenIds: [] } } })
  })

  test("an aborted stream is the server's refusal", async () => {
    const event = {
      text: "",
      output_ids: [],
      meta_info: { finish_reason: { type: "abort", message: "too long", status_code: 400 }, completion_tokens: 0 }
    }
    await using backend = await replayed([
      {
        method: "POST",
        path: "/generate",
        status: 200,
        type: "text/event-stream",
        body: `data: ${JSON.stringify(event)}\n\ndata: [DONE]\n\n`
      }
    ])
    const { error } = await backend.attempt(({ generate }, context) => generate?.(request, context))
    expect(error).toMatchObject({ reason: "invalid-request", message: "The server aborted POST /generate: too long" })
  })
})
