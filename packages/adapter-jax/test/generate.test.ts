import type { GenerateRequest } from "@sglang-studio/core/adapter"
import type { Exchange } from "@sglang-studio/sglang-wire/testing"
import { readFileSync } from "node:fs"
import { describe, expect, test } from "vitest"
import { golden, json, replayed } from "./backend.ts"

const request: GenerateRequest = {
  prompt: "HACKER, n. A person who",
  inputIds: null,
  maxNewTokens: 8,
  temperature: 0,
  seed: null,
  topLogprobs: 3
}

const stream = (body: string, broken = false): Exchange => ({
  method: "POST",
  path: "/generate",
  status: 200,
  type: "text/event-stream; charset=utf-8",
  body,
  broken
})
const recordedStream = readFileSync(golden("generate-stream-logprob.sse"), "utf8")
const ids = [42, 1265, 45, 906, 14, 291, 16, 316, 675, 468]

describe("generate on a recorded SGLang-JAX", () => {
  test("a server that breaks streamed logprobs is asked without a stream", async () => {
    await using backend = await replayed()
    const { events, error } = await backend.attempt(({ generate }, context) => generate?.(request, context))
    expect(error).toBeNull()
    expect(events.flatMap((event) => (event.type === "token" ? [event.text] : [])).join("")).toBe(
      " has not been pointed out of the"
    )
    expect(events.find(({ type }) => type === "trace")).toMatchObject({
      chunk: { case: "prompt", promptLength: 10, semantics: "raw", from: 0 }
    })
    expect(events.at(-1)).toMatchObject({
      result: {
        output: { text: " has not been pointed out of the", tokenIds: [449, 407, 547, 988, 277, 539, 281, 267] }
      }
    })
    expect(
      backend.server.asked
        .filter(({ path }) => path === "/generate")
        .map(({ request: body }) => typeof body === "object" && body !== null && "stream" in body)
    ).toEqual([true, false])
  })

  test("a stream is told token by token, and traced as a whole", async () => {
    await using backend = await replayed([stream(recordedStream)])
    const { events, error } = await backend.attempt(({ generate }, context) =>
      generate?.({ ...request, prompt: null, inputIds: ids, maxNewTokens: 6, topLogprobs: 2 }, context)
    )
    expect(error).toBeNull()
    expect(events.map((event) => (event.type === "token" ? event.id : event.type))).toEqual([
      "started",
      794,
      "progress",
      1587,
      "progress",
      1890,
      "progress",
      255,
      "progress",
      1349,
      "progress",
      798,
      "progress",
      "trace",
      "finding",
      "result"
    ])
    const trace = events.find(({ type }) => type === "trace")
    expect(trace).toMatchObject({ chunk: { ids: [...ids, 794, 1587, 1890, 255, 1349, 798], promptLength: 10 } })
  })

  test("output_ids that repeat a token are set aside for the ids of the logprobs, and it says so", async () => {
    await using backend = await replayed([stream(recordedStream)])
    const { events } = await backend.attempt(({ generate }, context) =>
      generate?.({ ...request, prompt: null, inputIds: ids, maxNewTokens: 6, topLogprobs: 2 }, context)
    )
    expect(events.filter(({ type }) => type === "finding")).toMatchObject([
      { finding: { code: "tokens-duplicated", severity: "info", evidence: { output_ids: 7, completion_tokens: 6 } } }
    ])
  })

  test("special tokens that output_ids leaves out are kept, and it says so", async () => {
    const body = {
      text: "x",
      output_ids: [5],
      meta_info: {
        finish_reason: { type: "stop", matched: 1 },
        prompt_tokens: 1,
        completion_tokens: 2,
        input_token_logprobs: [[null, 9, "p"]],
        output_token_logprobs: [
          [-1, 5, "x"],
          [-0.5, 1, "<|eos|>"]
        ]
      }
    }
    await using backend = await replayed([json("POST", "/generate", body)])
    const { events } = await backend.attempt(({ generate }, context) =>
      generate?.({ ...request, topLogprobs: 0 }, context)
    )
    expect(events.at(-1)).toMatchObject({ result: { output: { tokenIds: [5, 1] } } })
    expect(events.filter(({ type }) => type === "finding")).toMatchObject([
      { finding: { code: "special-tokens-missing" } }
    ])
  })

  test("no new tokens: only the prompt is traced, though the server makes one token", async () => {
    await using backend = await replayed()
    const { events } = await backend.attempt(({ generate }, context) =>
      generate?.({ ...request, maxNewTokens: 0 }, context)
    )
    expect(events.find(({ type }) => type === "trace")).toMatchObject({
      chunk: { promptLength: 10, ids: { length: 10 } }
    })
    expect(events.at(-1)).toMatchObject({ result: { output: { text: "", tokenIds: [] } } })
  })

  test("sampled logprobs are those of the scaled logits", async () => {
    await using backend = await replayed()
    const sampled = { ...request, prompt: "<|bos|>The", maxNewTokens: 4, temperature: 0.7, seed: 7, topLogprobs: 0 }
    const { events } = await backend.attempt(({ generate }, context) => generate?.(sampled, context))
    expect(events.find(({ type }) => type === "trace")).toMatchObject({
      chunk: { semantics: "temperature", top: null }
    })
  })
})

describe("a server that fails while it generates", () => {
  const alive = stream(recordedStream)
  const [firstEvent = ""] = recordedStream.split("\n\n")

  test.each([
    [
      "breaks the connection",
      stream(`${firstEvent}\n\n`, true),
      "crashed",
      "closed the connection while it worked on POST /generate"
    ],
    [
      "ends its stream too early",
      stream(`${firstEvent}\n\n`),
      "crashed",
      "ended its answer to POST /generate before it was complete"
    ],
    [
      "refuses inside the stream",
      stream(
        'data: {"error":{"message":"The input (1200 tokens) is longer than the model\'s context length (512 tokens)."}}\n\ndata: [DONE]\n\n'
      ),
      "invalid-request",
      "refused POST /generate inside the stream: The input (1200 tokens) is longer"
    ],
    [
      "sends an event that is no JSON",
      stream("data: {oops\n\ndata: [DONE]\n\n"),
      "protocol",
      "an event of POST /generate is not JSON: {oops"
    ],
    ["ends without a reason", stream(`${firstEvent}\n\ndata: [DONE]\n\n`), "protocol", "without a finish reason"]
  ])("%s", async (_, broken, reason, message) => {
    const canary = {
      ...alive,
      request: {
        input_ids: [1],
        sampling_params: { temperature: 0, max_new_tokens: 1 },
        return_logprob: true,
        logprob_start_len: 0,
        top_logprobs_num: 2,
        stream: true
      }
    }
    await using backend = await replayed([canary, broken])
    const { events, error } = await backend.attempt(({ generate }, context) =>
      generate?.({ ...request, topLogprobs: 2 }, context)
    )
    expect(events.at(-1)?.type).not.toBe("result")
    expect(error).toMatchObject({ reason, message: expect.stringContaining(message) })
  })
})
