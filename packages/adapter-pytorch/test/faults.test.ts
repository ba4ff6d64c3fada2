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

describe("an answer whose logprobs are broken", () => {
  const sound = {
    finish_reason: { type: "length", length: 2 },
    prompt_tokens: 3,
    completion_tokens: 2,
    input_token_logprobs: "[[null, 5, null], [-1.5, 6, null], [-2.5, 7, null]]",
    output_token_logprobs: "[[-0.5, 8, null], [-0.25, 9, null]]"
  }
  const attempt = async (changed: object, asked: Partial<GenerateRequest> = {}) => {
    const { input_token_logprobs: input, output_token_logprobs: output, ...meta } = { ...sound, ...changed }
    const lists = `"input_token_logprobs": ${input}, "output_token_logprobs": ${output}`
    const body = `{"text": "ab", "output_ids": [8, 9], "meta_info": {${lists}, ${JSON.stringify(meta).slice(1)}}`
    await using backend = await replayed([
      { method: "POST", path: "/generate", status: 200, type: "application/json", body }
    ])
    return await backend.attempt(({ generate }, context) =>
      generate?.({ ...request, maxNewTokens: 2, topLogprobs: 0, ...asked }, context)
    )
  }

  test("is sound as it stands", async () => {
    const { events, error } = await attempt({}, { prompt: null, inputIds: [5, 6, 7] })
    expect(error).toBeNull()
    expect(events.map(({ type }) => type)).toEqual(["started", "token", "token", "progress", "trace", "result"])
  })

  test.each([
    [
      "NaN",
      "[[null, 5, null], [NaN, 6, null], [-Infinity, 7, null]]",
      { keys: ["input_token_logprobs"], input_token_logprobs: 2 }
    ],
    [
      "null, as orjson writes NaN",
      "[[null, 5, null], [null, 6, null], [-2.5, 7, null]]",
      { keys: [], input_token_logprobs: 1 }
    ]
  ])("%s is kept as no value, and told", async (_, input, evidence) => {
    const { events, error } = await attempt({ input_token_logprobs: input })
    expect(error).toBeNull()
    expect(events.flatMap((event) => (event.type === "trace" ? [event.chunk.logprobs[1]] : []))).toEqual([null])
    expect(events.filter(({ type }) => type === "finding")).toMatchObject([
      { finding: { code: "nonfinite-json", severity: "warning", evidence } }
    ])
  })

  test("none at all is no answer; the ids that came are told", async () => {
    const { events, error } = await attempt({ input_token_logprobs: "null", output_token_logprobs: "null" })
    expect(events).toMatchObject([
      { type: "started" },
      { type: "token", id: 8, logprob: null },
      { type: "token", id: 9, logprob: null },
      { type: "progress" }
    ])
    expect(error).toMatchObject({
      reason: "protocol",
      message: expect.stringContaining("lacks meta_info.input_token_logprobs")
    })
  })

  test.each([
    ["too few", { prompt_tokens: 5 }, {}, "has 3 input_token_logprobs for 5 prompt_tokens"],
    [
      "of other ids",
      {},
      { prompt: null, inputIds: [5, 60, 7] },
      "has the token 6 in input_token_logprobs[1], where 60 was"
    ],
    ["above 0", { output_token_logprobs: "[[0.5, 8, null], [-1, 9, null]]" }, {}, "has a logprob of 0.5"]
  ])("%s: no result", async (_, changed, asked, message) => {
    const { events, error } = await attempt(changed, asked)
    expect(events.map(({ type }) => type)).not.toContain("trace")
    expect(error).toMatchObject({ reason: "protocol", message: expect.stringContaining(message) })
  })
})
