import type { BenchmarkRequest } from "@sglang-studio/core/adapter"
import { describe, expect, test } from "vitest"
import { against, golden, replayed } from "./backend.ts"

const request = (entrypoint: string, name: string, set: BenchmarkRequest["set"] = {}): BenchmarkRequest => ({
  key: "k",
  entrypoint,
  set: { tag: golden(`bench/${name}`), ...set }
})
const metricsOf = (events: readonly { readonly type: string }[]) => {
  const last = events.at(-1)
  if (last === undefined || !("result" in last)) throw new Error("no result")
  return Object.fromEntries(
    Object.entries((last.result as { metrics: { [name: string]: { value: number } } }).metrics).map(
      ([name, { value }]) => [name, value]
    )
  )
}

describe("one-batch-server", () => {
  test("is one run of all its cases, each a sample and a set of metrics", async () => {
    await using backend = await replayed()
    const { events, error, artifacts } = await backend.attempt(({ benchmark }, context) =>
      benchmark?.(request("one-batch-server", "one-batch-server-2", { "batch-size": "1 4", "input-len": 32 }), context)
    )
    expect(error).toBeNull()
    expect(events.filter(({ type }) => type === "sample")).toMatchObject([
      { sample: { e2eMs: 857.7, inputTokens: 32, outputTokens: 16 } },
      { sample: { e2eMs: 2296.1, inputTokens: 128, outputTokens: 64 } }
    ])
    expect(metricsOf(events)).toEqual({
      "e2e_latency_ms.bs1_in32_out16": 857.7,
      // Its file has no time to first token; what it prints tells it to more than the two digits of its own "ttft".
      "ttft_ms.bs1_in32_out16": (32 / 761.07) * 1000,
      "input_throughput.bs1_in32_out16": 761.07,
      "output_throughput.bs1_in32_out16": 19.62,
      "total_throughput.bs1_in32_out16": 55.96,
      "last_gen_throughput.bs1_in32_out16": 172.45,
      "e2e_latency_ms.bs4_in32_out16": 2296.1,
      "ttft_ms.bs4_in32_out16": (128 / 61.82) * 1000,
      "input_throughput.bs4_in32_out16": 61.82,
      "output_throughput.bs4_in32_out16": 283.65,
      "total_throughput.bs4_in32_out16": 83.62,
      "last_gen_throughput.bs4_in32_out16": 172.45
    })
    expect(artifacts.get("result.jsonl")?.split("\n")).toHaveLength(3)
    expect(artifacts.get("command.txt")).toContain("--batch-size 1 4 --input-len 32 --result-filename")
    expect(events.flatMap((event) => (event.type === "finding" ? [event.finding.code] : []))).toEqual([
      "not-assessable"
    ])
  })

  test("cases that were left out are told", async () => {
    await using backend = await replayed()
    const { events } = await backend.attempt(({ benchmark }, context) =>
      benchmark?.(request("one-batch-server", "one-batch-server-2", { "batch-size": "1 4 64" }), context)
    )
    expect(events.find((event) => event.type === "finding")).toMatchObject({
      finding: { code: "prompts-dropped", evidence: { asked: 3, measured: 2 } }
    })
  })

  test("needs the server", async () => {
    const backend = await against([], { url: "http://127.0.0.1:9" })
    const { error } = await backend.attempt(({ benchmark }, context) =>
      benchmark?.(request("one-batch-server", "one-batch-server-2"), context)
    )
    expect(error).toMatchObject({ reason: "unreachable" })
  })
})

describe("programs with an engine of their own", () => {
  const alone = { url: "http://127.0.0.1:9", model: "/models/m" }

  test("offline-throughput asks no server, and is read", async () => {
    const backend = await against([], { ...alone, launch: { args: { dtype: "float32" } } })
    const { events, error, artifacts } = await backend.attempt(({ benchmark }, context) =>
      benchmark?.(request("offline-throughput", "offline-throughput", { "num-prompts": 6 }), context)
    )
    expect(error).toBeNull()
    expect(metricsOf(events)).toMatchInlineSnapshot(`
      {
        "duration_s": 1.774743775999923,
        "input_throughput": 108.18463070356378,
        "input_tokens": 192,
        "last_gen_throughput": 30.96176549928033,
        "output_throughput": 54.09231535178189,
        "output_tokens": 96,
        "request_throughput": 3.3807697094863682,
        "sent": 6,
        "total_throughput": 162.2769460553457,
      }
    `)
    expect(artifacts.get("command.txt")).toContain("--model-path /models/m --dtype float32 --tag")
  })

  test.each([
    [
      "one-batch",
      "one-batch",
      "unsupported",
      "sgl_jax.bench_one_batch cannot run on one machine in this version of SGLang-JAX, as it always looks for a cluster: ValueError: coordinator_address should be defined."
    ],
    [
      "offline-throughput",
      "offline-throughput-warmup-too-long",
      "invalid-request",
      "sgl_jax.bench_offline_throughput warms up with prompts of 256 tokens, which this context does not hold: ValueError: The input (256 tokens) is longer than the model's context length (256 tokens)."
    ]
  ])("%s, as recorded in %s: %s, in words", async (entrypoint, name, reason, message) => {
    const backend = await against([], alone)
    const { error } = await backend.attempt(({ benchmark }, context) => benchmark?.(request(entrypoint, name), context))
    expect(error).toMatchObject({ reason, message })
  })

  test("one-batch on a cluster is broken too, and is named so", async () => {
    const backend = await against([], alone)
    const { error } = await backend.attempt(({ benchmark }, context) =>
      benchmark?.({ key: "k", entrypoint: "one-batch", set: { tag: "no-dp-size" } }, context)
    )
    expect(error).toMatchObject({
      reason: "unsupported",
      message: expect.stringMatching(/^sgl_jax\.bench_one_batch is broken in this version of SGLang-JAX/),
      hint: "Use `one-batch-server` or `offline-throughput` instead."
    })
  })

  test("a result of another program is refused", async () => {
    const backend = await against([], alone)
    const { error } = await backend.attempt(({ benchmark }, context) =>
      benchmark?.(request("offline-throughput", "one-batch-server-2"), context)
    )
    expect(error).toMatchObject({
      reason: "protocol",
      message: "Line 1 of result.jsonl is a result of one-batch-server, not of offline-throughput."
    })
  })
})
