import type { ScoreRequest } from "@sglang-studio/core/adapter"
import { createServer } from "node:net"
import { describe, expect, test } from "vitest"
import { against, json, replayed } from "./backend.ts"

const request: ScoreRequest = {
  query: [1, 2],
  items: [[3]],
  labels: null,
  labelTokenIds: [4],
  applySoftmax: false,
  itemFirst: false,
  oneByOne: false,
  mask: null
}
const page = { method: "GET", path: "/server_info", status: 200, type: "text/html", body: "<html>hello</html>" }

describe("a score on what is not SGLang-JAX", () => {
  test.each([
    ["nothing", [], { url: "http://127.0.0.1:9" }, "unreachable", "nothing listens there"],
    ["an unknown host", [], { url: "http://no-such-host.invalid:1" }, "unreachable", "no-such-host.invalid"],
    [
      "a web page",
      [page],
      {},
      "not-this-engine",
      "is not SGLang-JAX because it is a web page: GET /server_info answered 200 text/html: <html>hello</html>"
    ],
    [
      "vLLM",
      [json("GET", "/v1/models", { data: [{ id: "m", owned_by: "vllm" }] })],
      {},
      "not-this-engine",
      'because it is vLLM (OpenAI-compatible): GET /v1/models lists models owned by "vllm"'
    ],
    ["a server with a key", [json("GET", "/server_info", {}, 401)], {}, "not-this-engine", "an API key is wanted"]
  ])("%s fails with the reason", async (_, exchanges, settings, reason, message) => {
    await using backend = await against(exchanges, settings)
    const { events, error } = await backend.attempt(({ score }, context) => score?.(request, context))
    expect(events).toEqual([])
    expect(error).toMatchObject({ reason, message: expect.stringContaining(message) })
    expect(error?.hint).not.toBe("")
  })

  test("a port that speaks another protocol is told apart", async () => {
    const server = createServer((socket) => socket.end("SSH-2.0-OpenSSH_9\r\n"))
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening))
    const address = server.address()
    const url = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`
    const { error } = await (await against([], { url })).attempt(({ score }, context) => score?.(request, context))
    expect(error).toMatchObject({ reason: "not-this-engine", message: expect.stringContaining("does not speak HTTP") })
    server.close()
  })
})

describe("a server that fails while it scores", () => {
  const post = (body: string, more: object = {}) => ({ ...json("POST", "/v1/score", body), ...more })

  test.each([
    [
      "dies in the middle of its answer",
      post('{"scores": [[0.', { broken: true }),
      "crashed",
      "closed the connection while it worked on POST /v1/score"
    ],
    ["dies before it answers", post("", { broken: true }), "crashed", "POST /v1/score"],
    [
      "answers with a page",
      post("<html>502 Bad Gateway</html>", { status: 502, type: "text/html" }),
      "protocol",
      "with 502: <html>502 Bad Gateway</html>"
    ],
    [
      "answers 500 in plain text",
      post("Internal Server Error", { status: 500, type: "text/plain" }),
      "protocol",
      "with 500: Internal Server Error"
    ],
    ["answers in the middle of nowhere", post("[1, 2]"), "protocol", "is JSON but not an object: [1, 2]"],
    ["cuts its JSON off", post('{"scores": [[0.1'), "protocol", 'is not JSON: {"scores": [[0.1']
  ])("%s", async (_, exchange, reason, message) => {
    await using backend = await replayed([exchange])
    const { error } = await backend.attempt(({ score }, context) => score?.(request, context))
    expect(error).toMatchObject({ reason, message: expect.stringContaining(message) })
  })

  test("Infinity in an answer is read, and reported", async () => {
    const trace = json(
      "POST",
      "/generate",
      '{"meta_info": {"input_token_logprobs": [[null, 1, "a"], [-Infinity, 2, "b"], [-1, 3, "c"]], "input_top_logprobs": [null, [], []], "output_token_ids_logprobs": [[[-2, 4, null]]], "completion_tokens": 1}}'
    )
    await using backend = await replayed([post('{"scores": [[0.5]], "took": Infinity}'), trace])
    const { events, error } = await backend.attempt(({ score }, context) => score?.(request, context))
    expect(error).toBeNull()
    expect(events.filter(({ type }) => type === "finding")).toMatchObject([
      { finding: { code: "nonfinite-json", evidence: { keys: ["took", "input_token_logprobs"] } } }
    ])
    expect(events.find(({ type }) => type === "trace")).toMatchObject({ chunk: { logprobs: [null, null, -1] } })
  })
})

test("an abort ends a request that waits for its answer", async () => {
  const silent = createServer(() => {})
  await new Promise<void>((listening) => silent.listen(0, "127.0.0.1", listening))
  const address = silent.address()
  const controller = new AbortController()
  silent.on("connection", () => controller.abort())
  const backend = await against([], { url: `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}` })
  await expect(
    backend.attempt(({ score }, context) => score?.(request, context), { signal: controller.signal })
  ).rejects.toMatchObject({ name: "AbortError" })
  silent.close()
})
