import type { BenchmarkRequest, RunEvent } from "@sglang-studio/core/adapter"
import { describe, expect, test } from "vitest"
import { against, golden, json, replayed } from "./backend.ts"

const request = (tag: string, set: BenchmarkRequest["set"] = {}): BenchmarkRequest => ({
  key: "k",
  entrypoint: "serving",
  set: { "num-prompts": 12, "dataset-name": "random-ids", tag, ...set }
})
const recording = (name: string, set: BenchmarkRequest["set"] = {}) => request(golden(`bench/${name}`), set)

const metricsOf = (events: readonly RunEvent[]) => {
  const last = events.at(-1)
  if (last?.type !== "result" || last.result.kind !== "benchmark") throw new Error("no benchmark result")
  return last.result.metrics
}
const codesOf = (events: readonly RunEvent[]) =>
  events.flatMap((event) => (event.type === "finding" ? [event.finding.code] : []))

describe("bench_serving", () => {
  test("is driven once, its samples and metrics are told, its line is kept without secrets", async () => {
    await using backend = await replayed()
    const { events, error, artifacts, spawned } = await backend.attempt(({ benchmark }, context) =>
      benchmark?.(recording("serving-details-2"), context)
    )
    expect(error).toBeNull()
    expect(events[0]).toEqual({ type: "started" })
    expect(events.filter(({ type }) => type === "sample")).toHaveLength(12)
    expect(metricsOf(events)).toMatchObject({
      completed: { value: 12, unit: "requests", definition: "sglang.bench_serving/completed" },
      "e2e_latency_ms.p99": {
        value: 1823.8324989203375,
        unit: "ms",
        definition: "sglang.bench_serving/p99_e2e_latency_ms"
      },
      failure_rate: { value: 0 }
    })
    expect(codesOf(events)).toEqual(["nonfinite-json", "percentile-missing"])
    expect([...artifacts.keys()]).toEqual(["command.txt", "result.jsonl"])
    expect(spawned).toHaveLength(1)
    expect(artifacts.get("command.txt")).toContain(
      "-m sgl_jax.bench_serving --backend sgl-jax --base-url http://127.0.0.1:"
    )
  })

  test("requests refused inside their stream are not the successes that the engine counts", async () => {
    await using backend = await replayed()
    const { events } = await backend.attempt(({ benchmark }, context) =>
      benchmark?.(recording("serving-some-too-long"), context)
    )
    expect(codesOf(events)).toEqual([
      "nonfinite-json",
      "prompts-dropped",
      "streamed-error-as-success",
      "percentile-missing"
    ])
    expect(metricsOf(events)).toMatchObject({
      completed: { value: 11 },
      sent: { value: 11 },
      failed: { value: 4 },
      failure_rate: { value: 4 / 11 }
    })
  })

  test("a benchmark that ends with an error is a crash, in its own words", async () => {
    await using backend = await replayed()
    const { events, error } = await backend.attempt(({ benchmark }, context) =>
      benchmark?.(recording("serving-all-too-long"), context)
    )
    expect(events.map(({ type }) => type)).toEqual(["started", "progress"])
    expect(error).toMatchObject({
      reason: "crashed",
      message:
        "sgl_jax.bench_serving ended with exit code 1: IndexError: index -1 is out of bounds for axis 0 with size 0"
    })
  })

  test.each([
    ["no-module", "not-installed", "no module named sgl_jax.bench_serving", ["no started"]],
    [
      "bad-flag",
      "invalid-request",
      "refused its flags: bench_serving.py: error: unrecognized arguments: --nonsense",
      ["no started"]
    ],
    ["no-result", "crashed", "ended without a result: #Input tokens: 32", []],
    ["truncated", "protocol", 'Line 1 of result.jsonl is not JSON: {"tag": null', []]
  ])("%s", async (tag, reason, message, [notStarted]) => {
    await using backend = await replayed()
    const { events, error } = await backend.attempt(({ benchmark }, context) => benchmark?.(request(tag), context))
    expect(error).toMatchObject({ reason, message: expect.stringContaining(message) })
    expect(events.some(({ type }) => type === "started")).toBe(notStarted === undefined)
  })

  test("lines of 50 MB, printed and written, are a result like any other", async () => {
    await using backend = await replayed()
    const { events, error } = await backend.attempt(({ benchmark }, context) =>
      benchmark?.(request("long-lines", { header: golden("bench/serving-details-2") }), context)
    )
    expect(error).toBeNull()
    expect(metricsOf(events)).toMatchObject({ completed: { value: 12 } })
  })

  test("abort ends it and leaves no process", async () => {
    await using backend = await replayed()
    const controller = new AbortController()
    const run = backend.attempt(({ benchmark }, context) => benchmark?.(request("hang"), context), {
      signal: controller.signal,
      onEvent: ({ type }) => type === "started" && controller.abort()
    })
    await expect(run).rejects.toMatchObject({ name: "AbortError" })
  })
})

describe("before anything is measured", () => {
  test("nothing on the port is told first, so that a fallback may answer", async () => {
    const backend = await against([], { url: "http://127.0.0.1:9", python: undefined })
    const { events, error } = await backend.attempt(({ benchmark }, context) => benchmark?.(request("x"), context))
    expect({ events, reason: error?.reason }).toEqual({ events: [], reason: "unreachable" })
  })

  test.each([
    ["only a python on the PATH, without the engine", { python: undefined }, ""],
    ["a python that does not exist", { python: "/no/such/python" }, "/no/such/python is not a program on this machine"]
  ])("%s: not installed", async (_, settings, message) => {
    await using backend = await replayed([], settings)
    const { events, error } = await backend.attempt(({ benchmark }, context) => benchmark?.(request("x"), context))
    expect(events).toEqual([])
    expect(error).toMatchObject({ reason: "not-installed", message: expect.stringContaining(message) })
  })

  test("another entrypoint is not driven", async () => {
    await using backend = await replayed()
    const { error } = await backend.attempt(({ benchmark }, context) =>
      benchmark?.({ ...request("x"), entrypoint: "one-bacth" }, context)
    )
    expect(error).toMatchObject({
      reason: "unsupported",
      hint: "Use serving, one-batch-server, offline-throughput, one-batch, load."
    })
  })

  test("a plain OpenAI-compatible server is driven only on purpose", async () => {
    const vllm = [json("GET", "/v1/models", { data: [{ id: "m", owned_by: "vllm" }] })]
    await using backend = await against(vllm)
    const plain = await backend.attempt(({ benchmark }, context) => benchmark?.(recording("serving-rate"), context))
    expect(plain.error).toMatchObject({ reason: "not-this-engine" })
    const meant = await backend.attempt(({ benchmark }, context) =>
      benchmark?.(recording("serving-rate", { backend: "vllm" }), context)
    )
    expect(meant.error).toBeNull()
    expect(meant.spawned[0]?.argv).toEqual(expect.arrayContaining(["--backend", "vllm"]))
  })
})
