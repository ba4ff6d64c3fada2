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
    ["serving-default", ["nonfinite-json", "not-assessable", "too-few-samples"]],
    ["serving-details-2", ["nonfinite-json", "too-few-samples"]],
    ["serving-rate", ["too-few-samples"]],
    ["serving-some-too-long", ["nonfinite-json", "streamed-error-as-success", "too-few-samples"]],
    ["serving-some-too-long-no-stream", ["nonfinite-json", "partial-failure", "too-few-samples"]]
  ])("%s: a run whose findings name its traps", (name, codes) => {
    const [run] = read(folder(name)) ?? []
    expect(run).toMatchObject({ engine: "SGLang PyTorch", error: null, findings: codes.map((code) => ({ code })) })
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
