import type { GenerateRequest } from "@sglang-studio/core/adapter"
import type { Exchange } from "@sglang-studio/sglang-wire/testing"
import { describe, expect, test } from "vitest"
import { recorded, replayed } from "./backend.ts"

const request: GenerateRequest = {
  prompt: "HACKER, n. A person who",
  inputIds: null,
  maxNewTokens: 8,
  temperature: 0,
  seed: null,
  topLogprobs: 3
}
const answered = recorded.find(({ path, type }) => path === "/generate" && type.startsWith("text/event-stream"))
const [firstEvent = ""] = answered?.body.split("\n\n") ?? []
const stream = (...events: readonly string[]): Exchange => ({
  method: "POST",
  path: "/generate",
  status: 200,
  type: "text/event-stream; charset=utf-8",
  body: [...events, "data: [DONE]", ""].join("\n\n")
})

describe("a stream that fails midway", () => {
  const refusal = `data: {"error":{"message":"The input (1200 tokens) is longer than the model's context length (1024 tokens).","type":"invalid_request_error","code":400,"retryable":false}}`
  const death = 'data: {"error":{"message":"scheduler died","code":500}}'

  test.each([
    [
      "is refused as the engine refuses",
      stream(refusal),
      "invalid-request",
      "refused POST /generate inside the stream: The input"
    ],
    [
      "dies before its first token",
      stream(death),
      "crashed",
      "failed at POST /generate inside the stream (500): scheduler died"
    ],
    ["dies after it", stream(firstEvent, death), "crashed", "after its first tokens (500): scheduler died"]
  ])("%s", async (_, exchange, reason, message) => {
    await using backend = await replayed([exchange])
    const { events, error } = await backend.attempt(({ generate }, context) => generate?.(request, context))
    expect(events.at(-1)?.type).not.toBe("result")
    expect(error).toMatchObject({ reason, message: expect.stringContaining(message) })
  })
})
