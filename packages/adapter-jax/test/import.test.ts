import type { ImportedRun, ImportSource } from "@sglang-studio/core/adapter"
import { readdirSync, readFileSync } from "node:fs"
import { describe, expect, test } from "vitest"
import { jaxAdapter } from "../src/index.ts"
import { golden } from "./backend.ts"

const folder = (name: string): ImportSource => ({
  name,
  files: readdirSync(golden(`bench/${name}`)).map((file) => ({
    name: file,
    text: readFileSync(golden(`bench/${name}/${file}`), "utf8")
  }))
})
const read = (source: ImportSource) => jaxAdapter.importers?.[0]?.read(source) ?? null
const firstRun = (source: ImportSource): ImportedRun => {
  const run = read(source)?.[0]
  if (run === undefined || "skipped" in run) throw new Error(`no run: ${JSON.stringify(run)}`)
  return run
}

describe("a recorded folder of bench_serving", () => {
  test.each([
    ["serving-default", ["nonfinite-json", "prompts-dropped", "percentile-missing", "not-assessable"]],
    ["serving-details-2", ["nonfinite-json", "percentile-missing"]],
    ["serving-rate", ["percentile-missing"]],
    ["serving-some-too-long", ["nonfinite-json", "prompts-dropped", "streamed-error-as-success", "percentile-missing"]],
    [
      "serving-some-too-long-no-stream",
      [
        "nonfinite-json",
        "implausible-value",
        "prompts-dropped",
        "partial-failure",
        "percentile-missing",
        "not-assessable"
      ]
    ]
  ])("%s: a run whose findings name its traps", (name, codes) => {
    const run = firstRun(folder(name))
    expect(run.findings.map(({ code }) => code)).toEqual(codes)
    expect(run).toMatchObject({ engine: "SGLang-JAX", error: null, line: null, fingerprint: { engine: "SGLang-JAX" } })
  })

  test("keeps what was measured, not where it was sent and written", () => {
    expect(firstRun(folder("serving-some-too-long")).request).toEqual({
      entrypoint: "serving",
      set: {
        "dataset-name": "random-ids",
        "random-range-ratio": 0,
        "tokenize-prompt": true,
        "num-prompts": 12,
        "random-input-len": 600,
        "random-output-len": 8,
        seed: 13,
        "max-concurrency": 4,
        "warmup-requests": 0
      }
    })
  })

  test.each(["serving-details-2", "serving-rate"])(
    "%s: what we compute agrees with what the engine printed",
    (name) => {
      const { metrics, raw } = firstRun(folder(name)).result
      const computed = {
        "e2e_latency_ms.p95": ["p90_e2e_latency_ms", "p99_e2e_latency_ms"],
        "ttft_ms.p95": ["median_ttft_ms", "p99_ttft_ms"],
        "itl_ms.p90": ["median_itl_ms", "p95_itl_ms"]
      }
      for (const [metric, [low = "", high = ""]] of Object.entries(computed)) {
        const bounds = raw as { readonly [key: string]: number }
        expect(metrics[metric]?.definition).toMatch(/^studio\.computed\//)
        expect(metrics[metric]?.value).toBeGreaterThanOrEqual((bounds[low] ?? Number.NaN) * 0.999)
        expect(metrics[metric]?.value).toBeLessThanOrEqual((bounds[high] ?? Number.NaN) * 1.001)
      }
    }
  )

  test.each([
    [
      "serving-all-too-long",
      "bench_serving left no result: IndexError: index -1 is out of bounds for axis 0 with size 0"
    ],
    [
      "serving-server-down",
      "bench_serving left no result: aiohttp.client_exceptions.ClientConnectorError: Cannot connect to host 127.0.0.1:30099 ssl:default [Connect call failed ('127.0.0.1', 30099)]"
    ]
  ])("%s: a failed run, in the program's own words", (name, message) => {
    expect(firstRun(folder(name))).toMatchObject({ error: { code: "crashed", message }, result: { metrics: {} } })
  })

  test("a program that is no benchmark is named and left alone", () => {
    expect(read(folder("score"))).toEqual([
      { line: null, skipped: "sgl_jax.bench_score is no benchmark that can be read" }
    ])
  })
})

describe("a recorded folder of another benchmark", () => {
  test("one-batch-server: one run of all its cases", () => {
    const run = firstRun(folder("one-batch-server-2"))
    expect(run).toMatchObject({
      error: null,
      line: null,
      request: { entrypoint: "one-batch-server", set: { "batch-size": "1 4", "input-len": 32, "skip-warmup": true } },
      result: { metrics: { "e2e_latency_ms.bs4_in32_out16": { value: 2296.1 } } }
    })
    expect(run.samples).toHaveLength(2)
    expect(Object.keys(run.request.set)).not.toContain("result-filename")
  })

  test("offline-throughput", () => {
    expect(firstRun(folder("offline-throughput"))).toMatchObject({
      request: { entrypoint: "offline-throughput", set: { "num-prompts": 6 } },
      result: { metrics: { sent: { value: 6 } } }
    })
  })

  test("one-batch: a failed run, in the program's own words", () => {
    expect(firstRun(folder("one-batch"))).toMatchObject({
      request: { entrypoint: "one-batch" },
      error: { message: "bench_one_batch left no result: ValueError: coordinator_address should be defined." }
    })
  })

  test("a one-batch-server file alone: every line is a run with the sizes that it repeats", () => {
    const text = readFileSync(golden("bench/one-batch-server-2/result.jsonl"), "utf8")
    expect(read({ name: "r.jsonl", files: [{ name: "r.jsonl", text }] })).toMatchObject([
      { line: 1, request: { entrypoint: "one-batch-server", set: { "batch-size": 1, "input-len": 32 } } },
      { line: 2, request: { set: { "batch-size": 4 } }, result: { metrics: { e2e_latency_ms: { value: 2296.1 } } } }
    ])
  })
})

const jsonl = readFileSync(golden("bench/serving-details-2/result.jsonl"), "utf8")

describe("a result file alone", () => {
  test("every line is a run; a broken one is skipped with its reason", () => {
    const source = { name: "r.jsonl", files: [{ name: "r.jsonl", text: `${jsonl}\n${jsonl.slice(0, 700)}\n${jsonl}` }] }
    expect(read(source)).toMatchObject([
      { engine: "SGLang-JAX", line: 1, request: { set: { "random-input-len": 48, "request-rate": "inf" } } },
      { line: 3, skipped: expect.stringContaining("Line 3 is not JSON") },
      { line: 4 }
    ])
  })

  test("one that is cut off is ours, and skipped", () => {
    expect(read({ name: "r.jsonl", files: [{ name: "r.jsonl", text: jsonl.slice(0, 500) }] })).toMatchObject([
      { line: 1, skipped: expect.stringContaining("is not JSON") }
    ])
  })

  test("SGLang PyTorch's is left to its adapter", () => {
    const text =
      '{"tag": null, "backend": "sglang", "dataset_name": "random-ids", "request_rate": 1, "server_info": null}'
    expect(read({ name: "r.jsonl", files: [{ name: "r.jsonl", text }] })).toBeNull()
  })

  test("a planted secret is in nothing that is handed on but the identity", () => {
    const planted = jsonl
      .replace(/"api_key": null/, '"api_key": "planted-secret-1"')
      .replace('"errors": ["', '"errors": ["Authorization: Bearer planted-secret-1 ')
    expect(planted).not.toBe(jsonl)
    const { identity, ...run } = firstRun({ name: "r.jsonl", files: [{ name: "r.jsonl", text: planted }] })
    expect(JSON.stringify(run)).not.toContain("planted-secret-1")
    expect(identity).toContain("planted-secret-1")
    expect(run.findings.map(({ code }) => code)).toContain("secret-redacted")
  })

  test("a record without its numbers is refused with the line", () => {
    const text = '{"dataset_name": "x", "request_rate": 1, "total_cached_tokens": 0}'
    expect(read({ name: "r.jsonl", files: [{ name: "r.jsonl", text }] })).toEqual([
      {
        line: 1,
        skipped: `Line 1 is no result of bench_serving: no number under duration, completed, total_input_tokens, total_output_tokens, request_throughput, input_throughput, output_throughput: ${text}`
      }
    ])
  })
})
