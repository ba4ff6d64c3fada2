import type { BenchmarkFlags, Context, RunEvent } from "@sglang-studio/core/adapter"
import * as fc from "fast-check"
import { describe, expect, test } from "vitest"
import { mockAdapter } from "../index.ts"
import { parseSpec } from "../parseSpec.ts"
import { quantile } from "./quantile.ts"

const context: Context = { runId: "r", signal: new AbortController().signal, workDir: "", log: () => {} } as never
const flags: BenchmarkFlags = {
  "num-prompts": 200,
  "random-input-len": 64,
  "random-output-len": 32,
  "random-range-ratio": 0.5
}

const run = async (spec: string, change: BenchmarkFlags = {}, { key = "k", entrypoint = "serving" } = {}) => {
  const checked = await mockAdapter.config["~standard"].validate(parseSpec(spec))
  if (checked.issues !== undefined) throw new Error(JSON.stringify(checked.issues))
  const backend = await mockAdapter.open(checked.value)
  const events: RunEvent[] = []
  // The load client has flags of its own.
  const set = entrypoint === "load" ? change : { ...flags, ...change }
  for await (const event of backend.benchmark?.({ entrypoint, set, key }, context) ?? []) events.push(event)
  const result = events.flatMap((event) =>
    event.type === "result" && event.result.kind === "benchmark" ? event.result : []
  )[0]
  if (result === undefined) throw new Error("no result")
  return {
    metrics: result.metrics,
    value: (name: string) => result.metrics[name]?.value ?? NaN,
    samples: events.flatMap((event) => (event.type === "sample" ? event.sample : [])),
    findings: events.flatMap((event) => (event.type === "finding" ? event.finding : []))
  }
}
const p50 = "e2e_latency_ms.p50"

describe("the simulated engine", () => {
  test("gets slower for each and faster for all as more run at once", async () => {
    const [one, four, sixteen] = await Promise.all([1, 4, 16].map((c) => run("clean", { "max-concurrency": c })))
    for (const [less, more] of [
      [one, four],
      [four, sixteen]
    ]) {
      expect(more?.value(p50)).toBeGreaterThan(less?.value(p50) ?? NaN)
      expect(more?.value("output_throughput")).toBeGreaterThan(less?.value("output_throughput") ?? NaN)
    }
  })

  test("takes the lengths of the load client by their own names", async () => {
    const { samples } = await run("clean", { "input-len": 48, "output-len": 5 }, { entrypoint: "load" })
    expect(new Set(samples.map(({ inputTokens, outputTokens }) => `${inputTokens}/${outputTokens}`))).toEqual(
      new Set(["48/5"])
    )
  })

  test("queues when requests come faster than it serves", async () => {
    const calm = await run("clean", { "request-rate": 5 })
    const burst = await run("clean", { "request-rate": "inf" })
    expect(burst.value("ttft_ms.p50")).toBeGreaterThan(10 * calm.value("ttft_ms.p50"))
    expect(calm.value("request_throughput")).toBeCloseTo(5, 0)
  })

  test("never has more requests under way than allowed", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 20 }), fc.constantFrom(5, 50, "inf"), async (limit, rate) => {
        const { samples } = await run("clean", { "num-prompts": 40, "max-concurrency": limit, "request-rate": rate })
        const ends = samples.map(({ startMs, e2eMs }) => [startMs ?? 0, (startMs ?? 0) + (e2eMs ?? 0)] as const)
        for (const [start] of ends) {
          const underWay = ends.filter(([from, to]) => from <= start && start < to - 1e-9).length
          expect(underWay).toBeLessThanOrEqual(limit)
        }
      }),
      { numRuns: 20 }
    )
  })

  test("accounts for every millisecond of a request", async () => {
    const { samples } = await run("clean", { "max-concurrency": 8 })
    for (const { ttftMs, itlMs, e2eMs, outputTokens } of samples) {
      expect(itlMs).toHaveLength((outputTokens ?? 0) - 1)
      expect((itlMs ?? []).reduce((sum, gap) => sum + gap, ttftMs ?? 0)).toBeCloseTo(e2eMs ?? NaN, 6)
    }
  })
})

describe("settings move times", () => {
  const base = { "max-concurrency": 8 }

  test("the key and the seed move noise by about run_noise, the slowdown moves all", async () => {
    const clean = await run("clean", base)
    const again = await run("clean", base)
    const repeats = await Promise.all(["a", "b", "c", "d"].map((key) => run("clean", base, { key })))
    expect(again.samples).toEqual(clean.samples)
    for (const repeat of repeats) {
      expect(repeat.value(p50)).not.toBe(clean.value(p50))
      expect(Math.abs(Math.log(repeat.value(p50) / clean.value(p50)))).toBeLessThan(0.06)
    }
    expect(
      (await run("clean,slowdown=1.5,run_noise=0", base)).value(p50) / (await run("clean,run_noise=0", base)).value(p50)
    ).toBeCloseTo(1.5, 6)
  })

  test("drift slows the end, warmup the beginning, tail some requests", async () => {
    const thirds = async (spec: string) => {
      const { samples } = await run(spec, { "max-concurrency": 1 })
      const tpot = samples.map(
        ({ ttftMs, e2eMs, outputTokens }) => ((e2eMs ?? 0) - (ttftMs ?? 0)) / ((outputTokens ?? 2) - 1)
      )
      const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
      return [mean(tpot.slice(0, 20)), mean(tpot.slice(-20))] as const
    }
    const [driftStart, driftEnd] = await thirds("clean,drift=0.5")
    expect(driftEnd / driftStart).toBeGreaterThan(1.3)
    const [coldStart, coldEnd] = await thirds("clean,warmup=40")
    expect(coldStart / coldEnd).toBeGreaterThan(1.5)
    const [cleanStart, cleanEnd] = await thirds("clean")
    expect(Math.abs(cleanEnd / cleanStart - 1)).toBeLessThan(0.05)

    const tailed = await run("clean,tail=0.05", base)
    expect(tailed.value("e2e_latency_ms.p99")).toBeGreaterThan(
      1.2 * (await run("clean", base)).value("e2e_latency_ms.p99")
    )
    expect(tailed.value(p50)).toBeLessThan(1.1 * (await run("clean", base)).value(p50))
  })
})

describe("figures", () => {
  test("have units and definitions, and percentiles only where n can tell them", async () => {
    const few = await run("clean", { "num-prompts": 8 })
    expect(few.metrics["ttft_ms.p50"]?.unit).toBe("ms")
    expect(few.metrics["ttft_ms.p90"]).toBeUndefined()
    expect(few.findings.map(({ code, severity }) => `${code} ${severity}`)).toEqual(["percentile-missing info"])
    expect(Object.keys((await run("clean", { "num-prompts": 1000 })).metrics)).toContain("e2e_latency_ms.p99")
  })

  test("the offline entrypoint knows totals and no single request", async () => {
    const { metrics } = await run("clean", {}, { entrypoint: "offline-throughput" })
    expect(Object.keys(metrics).filter((name) => name.endsWith("_ms.p50"))).toEqual([])
    expect(metrics["output_throughput"]?.value).toBeGreaterThan(0)
  })

  test("a batch entrypoint sends one batch", async () => {
    const { samples } = await run(
      "clean",
      { "batch-size": 4, "input-len": 32, "output-len": 8 },
      { entrypoint: "one-batch-server" }
    )
    expect(samples.map(({ startMs, outputTokens }) => [startMs, outputTokens])).toEqual([0, 1, 2, 3].map(() => [0, 8]))
  })

  test("quantile agrees with numpy's default", () => {
    const sorted = Float64Array.from([12, 15, 11, 90, 13, 14, 12, 16, 13, 200]).sort()
    for (const [p, expected] of [
      [0.5, 13.5],
      [0.9, 101],
      [0.95, 150.5]
    ] as const)
      expect(quantile(sorted, p)).toBeCloseTo(expected, 9)
  })
})

describe("planted faults are seen in the samples", () => {
  test("dropped", async () => {
    const { samples, findings, value } = await run("dropped", { "num-prompts": 20 })
    expect(samples).toHaveLength(17)
    expect(value("completed")).toBe(17)
    expect(findings.find(({ code }) => code === "prompts-dropped")?.evidence).toEqual({ asked: 20, sent: 17 })
  })

  test("streamed-error", async () => {
    const { samples, findings, value } = await run("streamed-error", { "num-prompts": 20 })
    const failed = samples.filter(({ error }) => error !== null)
    expect(failed).toHaveLength(4)
    expect(failed.every(({ ttftMs, e2eMs }) => ttftMs === null && e2eMs === null)).toBe(true)
    expect(value("completed")).toBe(20)
    expect(value("failure_rate")).toBe(0.2)
    expect(findings.find(({ code }) => code === "streamed-error-as-success")?.severity).toBe("error")
  })
})

test("an unknown entrypoint and a flag that is no number are refused by name", async () => {
  await expect(run("clean", {}, { entrypoint: "nothing" })).rejects.toThrowErrorMatchingInlineSnapshot(
    `[AdapterError: The mock has no entrypoint "nothing".]`
  )
  await expect(run("clean", { "num-prompts": "many" })).rejects.toThrowErrorMatchingInlineSnapshot(
    `[AdapterError: The flag num-prompts is "many", not a number of at least 1.]`
  )
})

test.each([
  ["serving", "num-promts", "Did you mean num-prompts?"],
  ["serving", "max_concurrency", "Did you mean max-concurrency?"],
  ["serving", "input-len", "Did you mean random-input-len?"],
  ["offline-throughput", "random-inputlen", "Did you mean random-input-len?"],
  ["one-batch", "batchsize", "Did you mean batch-size?"],
  ["load", "num-prompt", "Did you mean num-prompts?"],
  ["load", "dataset-name", "Its flags are num-prompts, input-len, "]
])("a slip is refused before it runs the default: %s %s", (entrypoint, flag, hint) => {
  expect(() => mockAdapter.check?.({ benchmark: { entrypoint, set: { [flag]: 5 } } })).toThrow(
    expect.objectContaining({
      reason: "invalid-request",
      message: `${entrypoint} has no flag ${flag}.`,
      hint: expect.stringContaining(hint)
    })
  )
})

test("what else an engine's own program knows is let through", () => {
  const set = { "dataset-name": "random-ids", "gsp-output-len": 4, "sharegpt-output-len": 4, "cut-len": 4, tag: "a" }
  for (const entrypoint of ["serving", "offline-throughput", "one-batch-server", "one-batch"])
    expect(() => mockAdapter.check?.({ benchmark: { entrypoint, set } })).not.toThrow()
})
