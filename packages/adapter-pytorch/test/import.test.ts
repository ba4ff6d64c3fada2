import type { ImportSource } from "@sglang-studio/core/adapter"
import { readdirSync, readFileSync } from "node:fs"
import { describe, expect, test } from "vitest"
import { pytorchAdapter } from "../src/index.ts"
import { golden } from "./backend.ts"

const folder = (name: string): ImportSource => ({
  name,
  files: readdirSync(golden(`bench/${name}`)).map((file) => ({
    name: file,
    text: readFileSync(golden(`bench/${name}/${file}`), "utf8")
  }))
})
const read = (source: ImportSource) => pytorchAdapter.importers?.[0]?.read(source) ?? null

describe("a recorded folder of bench_serving", () => {
  test.each([
    ["serving-default", ["nonfinite-json", "not-assessable"]],
    ["serving-details-2", ["nonfinite-json"]],
    ["serving-rate", []],
    ["serving-some-too-long", ["nonfinite-json", "streamed-error-as-success"]],
    ["serving-some-too-long-no-stream", ["nonfinite-json", "implausible-value", "partial-failure", "not-assessable"]]
  ])("%s: a run whose findings name its traps", (name, codes) => {
    const [run] = read(folder(name)) ?? []
    expect(run).toMatchObject({ engine: "SGLang PyTorch", error: null, findings: codes.map((code) => ({ code })) })
  })

  test("answers that were not streamed have an end, and no times of tokens", () => {
    const [run] = read(folder("serving-some-too-long-no-stream")) ?? []
    if (run === undefined || !("samples" in run)) throw new Error("nothing was imported")
    const { metrics } = run.result
    expect(Object.keys(metrics).filter((name) => /^(?:ttft|tpot|itl)_ms/u.test(name))).toEqual([])
    expect(metrics["e2e_latency_ms.p50"]?.value).toBeCloseTo(4419.56, 2)
    const answered = run.samples.filter(({ error }) => error === null)
    expect(answered).toHaveLength(7)
    for (const { ttftMs, itlMs, e2eMs } of answered) expect([ttftMs, itlMs, e2eMs! > 0]).toEqual([null, null, true])
  })

  test.each([
    [
      "serving-all-too-long",
      "bench_serving left no result: IndexError: index -1 is out of bounds for axis 0 with size 0"
    ],
    [
      "serving-server-down",
      "bench_serving left no result: Server at http://127.0.0.1:30099/v1/models is not ready. Exiting."
    ]
  ])("%s: a failed run, in the program's own words", (name, message) => {
    expect(read(folder(name))).toMatchObject([{ error: { code: "crashed", message } }])
  })

  test("every percentile is the engine's own", () => {
    const [run] = read(folder("serving-details-2")) ?? []
    if (run === undefined || "skipped" in run) throw new Error("no run")
    const definitions = Object.entries(run.result.metrics)
      .filter(([name]) => /\.(p\d+|mean|std)$/.test(name))
      .map(([, { definition }]) => definition)
    expect(definitions).toHaveLength(24)
    expect(definitions.every((definition) => definition.startsWith("sglang.bench_serving/"))).toBe(true)
  })
})

test("an older version leaves percentiles out: computed from its per-request values, they are those of the newer", () => {
  const files = folder("serving-details-2").files
  const line = files.find(({ name }) => name === "result.jsonl")?.text ?? ""
  // Constructed: the recorded line without what 0.5.12 did not write yet.
  const older = line.replace(/"(p95_e2e_latency|p9[05]_ttft|p9[05]_tpot|p90_itl)_ms": [\d.]+, /g, "")
  const [whole] = read({ name: "new", files }) ?? []
  const [part] = read({ name: "old", files: [{ name: "result.jsonl", text: older }] }) ?? []
  if (whole === undefined || "skipped" in whole || part === undefined || "skipped" in part) throw new Error("no run")
  const computed = Object.entries(part.result.metrics).filter(([, { definition }]) =>
    /^studio\.computed\/\w+-from-output-details$/.test(definition)
  )
  const latencies = computed.filter(([name]) => name.includes("_ms."))
  expect(latencies.map(([name]) => name)).toEqual([
    "e2e_latency_ms.p95",
    "ttft_ms.p90",
    "ttft_ms.p95",
    "tpot_ms.p90",
    "tpot_ms.p95",
    "itl_ms.p90"
  ])
  for (const [name, { value }] of latencies) {
    const own = whole.result.metrics[name]
    expect(own?.definition).toMatch(/^sglang\.bench_serving\//)
    // The engine's end of a request is the end of its stream, ours its last chunk that bears text: microseconds apart.
    expect(Math.abs(value - (own?.value ?? Number.NaN)) / (own?.value ?? Number.NaN)).toBeLessThan(1e-3)
  }
  expect(part.findings.find(({ code }) => code === "percentile-missing")).toMatchObject({
    evidence: { computed: latencies.map(([name]) => name), absent: [] }
  })
})
