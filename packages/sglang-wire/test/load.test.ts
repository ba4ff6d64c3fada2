import { isAdapterError, type BenchmarkResult, type RunEvent } from "@sglang-studio/core/adapter"
import type { BenchmarkFlags, Finding, Sample } from "@sglang-studio/core/domain"
import { createServer, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { loadRun } from "../src/load/run.ts"
import { testContext } from "../src/testing/index.ts"
import { openWire } from "../src/wire.ts"

/** How the engine answers the n-th request, from 0. */
type Answer = (response: ServerResponse, index: number, body: { readonly [key: string]: unknown }) => void

let answer: Answer = () => {}
let asked = 0
const bodies: { readonly [key: string]: unknown }[] = []
let sockets = 0
const server = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on("data", (chunk: Buffer) => chunks.push(chunk))
  request.on("end", () => {
    if (request.method === "GET") return describeEngine(request.url ?? "", response)
    const body: { readonly [key: string]: unknown } = JSON.parse(Buffer.concat(chunks).toString())
    bodies.push(body)
    answer(response, asked++, body)
  })
}).on("connection", () => void sockets++)

const describeEngine = (path: string, response: ServerResponse) => {
  const bodyOf: { readonly [path: string]: unknown } = {
    "/server_info": { enable_torch_compile: false, torchao_config: "", disable_cuda_graph: true, context_length: 1024 },
    "/v1/models": { data: [{ id: "tiny", max_model_len: 1024 }] }
  }
  const found = bodyOf[path]
  response.writeHead(found === undefined ? 404 : 200, { "content-type": "application/json" })
  response.end(JSON.stringify(found ?? {}))
}

const event = (tokens: number, more: object = {}) =>
  `data: ${JSON.stringify({ text: "x".repeat(tokens), meta_info: { completion_tokens: tokens, cached_tokens: 0, ...more } })}\n\n`
const stream = (response: ServerResponse, ...events: readonly string[]) => {
  response.writeHead(200, { "content-type": "text/event-stream" })
  response.end([...events, "data: [DONE]\n\n"].join(""))
}
const good: Answer = (response) => stream(response, event(1), event(2), event(3))

beforeAll(() => new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve)))
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

interface Loaded {
  readonly samples: readonly Sample[]
  readonly findings: readonly Finding[]
  readonly result: BenchmarkResult | null
  readonly error: unknown
  readonly logged: readonly string[]
}

const load = async (set: BenchmarkFlags, how: Answer, signal?: AbortSignal): Promise<Loaded> => {
  answer = how
  asked = 0
  sockets = 0
  bodies.length = 0
  await using lent = testContext(signal)
  const wire = openWire({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` })
  const events: RunEvent[] = []
  let error: unknown = null
  try {
    for await (const one of loadRun("SGLang PyTorch", wire, set, lent.context)) events.push(one)
  } catch (thrown) {
    error = thrown
  } finally {
    wire.http.close()
  }
  const last = events.at(-1)
  return {
    samples: events.flatMap((one) => (one.type === "sample" ? [one.sample] : [])),
    findings: events.flatMap((one) => (one.type === "finding" ? [one.finding] : [])),
    result: last?.type === "result" && last.result.kind === "benchmark" ? last.result : null,
    error,
    logged: lent.logged
  }
}
const codes = ({ findings }: Loaded) => findings.map(({ code }) => code)
const valueOf = ({ result }: Loaded, name: string) => result?.metrics[name]?.value ?? Number.NaN

describe("a closed loop", () => {
  test("times every request over connections that are kept, after a warm-up that is not counted", async () => {
    const loaded = await load(
      { "num-prompts": 60, "max-concurrency": 4, "warmup-requests": 5, "input-len": 8, "output-len": 3 },
      good
    )
    expect(loaded.error).toBeNull()
    expect(asked).toBe(65)
    // Four for the load, and those that asked what the server is.
    expect(sockets).toBeLessThanOrEqual(6)
    expect(loaded.samples).toHaveLength(60)
    for (const { startMs, ttftMs, e2eMs, itlMs, ...counts } of loaded.samples) {
      expect(counts).toEqual({ inputTokens: 8, outputTokens: 3, error: null })
      expect(startMs).toBeGreaterThanOrEqual(0)
      expect(ttftMs).toBeGreaterThan(0)
      expect(e2eMs).toBeGreaterThanOrEqual(ttftMs ?? 0)
      expect(itlMs).toHaveLength(2)
    }
    expect(valueOf(loaded, "completed")).toBe(60)
    expect(valueOf(loaded, "output_tokens")).toBe(180)
    expect(loaded.result?.metrics["ttft_ms.p50"]?.definition).toBe("studio.load/ttft_ms")
    expect(Object.keys(loaded.result?.metrics ?? {})).not.toContain("send_lag_ms.p99")
  })

  test("says what it costs itself", async () => {
    const loaded = await load({ "num-prompts": 5, "warmup-requests": 0 }, good)
    expect(valueOf(loaded, "client_floor_ms.p50")).toBeGreaterThan(0)
    expect(valueOf(loaded, "client_request_rate")).toBeGreaterThan(100)
    expect(loaded.logged[0]).toMatch(
      /^This client against a server that answers at once: P50 .* requests\/s at most\.$/
    )
  })

  test("never has more requests under way than it was told", async () => {
    let most = 0
    let now = 0
    const slowly: Answer = (response, index, body) => {
      most = Math.max(most, ++now)
      setTimeout(() => (now--, good(response, index, body)), 5)
    }
    await load({ "num-prompts": 40, "max-concurrency": 3, "warmup-requests": 0 }, slowly)
    expect(most).toBe(3)
  })
})

describe("an open loop", () => {
  test("sends by the clock, and counts from when it should have sent", async () => {
    // One answer at a time, 20 ms each, asked for every 10 ms: the queue grows, and the client must not hide it.
    let free = 0
    const single: Answer = (response, index, body) => {
      const now = performance.now()
      free = Math.max(free, now) + 20
      setTimeout(() => good(response, index, body), free - now)
    }
    const loaded = await load(
      { "num-prompts": 30, "request-rate": 100, arrival: "constant", "warmup-requests": 0 },
      single
    )
    const starts = loaded.samples.map(({ startMs }) => startMs ?? Number.NaN)
    starts.forEach((start, index) => expect(start).toBeCloseTo(index * 10, 6))
    expect(loaded.samples.at(-1)?.ttftMs).toBeGreaterThan(250)
    expect(valueOf(loaded, "send_lag_ms.p99")).toBeGreaterThanOrEqual(0)
  })

  test("that is held back by its own limit is client-bound, and the waiting counts", async () => {
    const slow: Answer = (response, index, body) => void setTimeout(() => good(response, index, body), 20)
    const loaded = await load(
      { "num-prompts": 20, "request-rate": 200, arrival: "constant", "max-concurrency": 1, "warmup-requests": 0 },
      slow
    )
    expect(loaded.findings.find(({ code }) => code === "client-bound")).toMatchObject({
      severity: "error",
      evidence: { rate: 200, max_concurrency: 1 }
    })
    expect(loaded.samples.at(-1)?.e2eMs).toBeGreaterThan(250)
  })
})

describe("scores", () => {
  const scores: Answer = (response) => {
    response.writeHead(200, { "content-type": "application/json" })
    response.end(JSON.stringify({ scores: Array(4).fill([0.5, 0.5]) }))
  }

  test("have an answer, but no first token", async () => {
    const loaded = await load({ kind: "score", "num-prompts": 12, "warmup-requests": 2, items: 4 }, scores)
    expect(bodies[0]).toMatchObject({ model: "tiny", label_token_ids: [10, 11] })
    expect(loaded.samples[0]).toMatchObject({ ttftMs: null, itlMs: null, outputTokens: null, inputTokens: 4 * 160 })
    expect(valueOf(loaded, "item_throughput")).toBeCloseTo(4 * valueOf(loaded, "request_throughput"), 6)
    expect(Object.keys(loaded.result?.metrics ?? {}).filter((name) => name.startsWith("ttft"))).toEqual([])
  })
})

describe("scores that are none", () => {
  test.each([
    ['{"scores": [[0.5', 'the answer is not JSON: {"scores": [[0.5'],
    ['{"scores": null}', 'no scores: {"scores": null}']
  ])("%s is a failed request", async (text, error) => {
    const broken: Answer = (response) => {
      response.writeHead(200, { "content-type": "application/json" })
      response.end(text)
    }
    const loaded = await load({ kind: "score", "num-prompts": 2, "warmup-requests": 0 }, broken)
    expect(loaded.error).toMatchObject({ message: `All 2 requests failed. First: ${error}` })
  })
})

describe("what a reader must know", () => {
  test("failed requests, whichever way they fail", async () => {
    const failing: Answer = (response, index, body) => {
      if (index === 1) return void response.writeHead(503).end("busy")
      if (index === 2) return stream(response, 'data: {"error": {"message": "too long"}}\n\n')
      if (index === 3 || index === 4) return void response.destroy()
      if (index === 5) return stream(response)
      if (index === 6) {
        response.writeHead(200, { "content-type": "text/event-stream" })
        return void response.end(event(1))
      }
      if (index === 7) return stream(response, event(1), "data: {oops\n\n", event(2))
      if (index === 8) return stream(response, 'data: {"text": "xx"}\n\n')
      good(response, index, body)
    }
    const loaded = await load({ "num-prompts": 10, "max-concurrency": 1, "warmup-requests": 0 }, failing)
    expect(loaded.samples.map(({ error }) => error)).toEqual([
      null,
      "503: busy",
      '{"error": {"message": "too long"}}',
      expect.stringContaining("closed the connection"),
      expect.stringContaining("closed the connection"),
      "no token came",
      "the stream ended before its end mark",
      "an event of the stream is not JSON: {oops",
      'an event of the stream lacks meta_info.completion_tokens: {"text": "xx"}',
      null
    ])
    expect(loaded.samples[1]).toMatchObject({ ttftMs: null, e2eMs: null, outputTokens: null })
    expect(loaded.findings[0]).toMatchObject({ code: "partial-failure", evidence: { count: 8, sent: 10 } })
    expect(valueOf(loaded, "failure_rate")).toBe(0.8)
  })

  test("answers that end before the tokens that were asked for", async () => {
    const short: Answer = (response, index, body) =>
      index === 3 ? stream(response, event(1)) : good(response, index, body)
    const loaded = await load({ "num-prompts": 10, "warmup-requests": 0, "output-len": 3 }, short)
    expect(loaded.findings[0]).toMatchObject({ code: "short-answers", evidence: { requests: 1, least: 1 } })
  })

  test("requests that are given up on", async () => {
    const hanging: Answer = (response, index, body) => (index === 3 ? undefined : good(response, index, body))
    const loaded = await load({ "num-prompts": 10, "warmup-requests": 0, "request-timeout": 1 }, hanging)
    expect(valueOf(loaded, "timeout_rate")).toBe(0.1)
    expect(valueOf(loaded, "failure_rate")).toBe(0.1)
    expect(valueOf(await load({ "num-prompts": 10 }, good), "timeout_rate")).toBe(0)
  })

  test("prompts out of the cache, and graphs that were compiled meanwhile", async () => {
    const telling: Answer = (response, index) =>
      stream(response, event(1, { cached_tokens: 64, cache_miss_count: index === 3 ? 1 : 0 }))
    const loaded = await load({ "num-prompts": 10, "warmup-requests": 0, "input-len": 128, "output-len": 1 }, telling)
    expect(codes(loaded)).toEqual(["compile-miss", "cache-warm"])
  })

  test("all requests failed: no result", async () => {
    const loaded = await load(
      { "num-prompts": 3, "warmup-requests": 0 },
      (response) => void response.writeHead(500).end("broken")
    )
    expect(loaded.error).toMatchObject({ reason: "crashed", message: "All 3 requests failed. First: 500: broken" })
  })
})

describe("before anything is sent", () => {
  test.each([
    [{ "num-prompts": 0 }, "set.num-prompts"],
    [{ "input-len": 1000, "output-len": 100 }, "does not fit into the server's context of 1024"],
    [{ "prompts-file": "/no/such/file" }, "set.prompts-file: cannot be read"]
  ])("%j is refused", async (set, message) => {
    const { error } = await load(set, good)
    expect(asked).toBe(0)
    expect(isAdapterError(error) && error.message).toContain(message)
  })
})

test("an abort ends it at once, with requests under way", async () => {
  const controller = new AbortController()
  const never: Answer = () => controller.abort()
  const { error } = await load({ "num-prompts": 50, "warmup-requests": 0 }, never, controller.signal)
  expect(error).toMatchObject({ name: "AbortError" })
})
