import { describe, expect, it } from "vitest"
import { AdapterError, type AdapterErrorReason } from "../../src/adapter/AdapterError.ts"
import type { RunEvent } from "../../src/adapter/Adapter.ts"
import type { StudioOptions } from "../../src/engine/StudioOptions.ts"
import { benchmarkResult, generateResult, open, play, probeOf, scored, scripted, started } from "../scripted.ts"

const failing = (reason: AdapterErrorReason) =>
  new AdapterError({ reason, message: `It is ${reason}.`, hint: "Do something." })

type Fault = "probe" | "before started" | "after started" | "open"

/** A real adapter that fails at one point of every operation. */
const broken = (reason: AdapterErrorReason, fault: Fault) =>
  scripted("eng-ine", {
    backend: () => {
      if (fault === "open") throw failing(reason)
      const operation = async function* (): AsyncGenerator<RunEvent> {
        if (fault === "after started") yield started
        throw failing(reason)
      }
      return {
        probe: async () => {
          if (fault === "probe") throw failing(reason)
          return probeOf("Engine")
        },
        score: operation,
        generate: operation,
        benchmark: operation
      }
    }
  })
const fake = scripted("fake", {
  mock: true,
  backend: () => ({
    probe: async () => probeOf("fake"),
    generate: () => play(started, generateResult),
    score: () => play(started, { type: "result", result: { ...scored, kind: "score" } }),
    benchmark: () => play(started, benchmarkResult)
  })
})

const variable = "STUDIO_ENG_INE_ADAPTER_MODE"
const openWith = (adapter = broken("unreachable", "probe"), options: Partial<StudioOptions> = {}) =>
  open([adapter, fake], { fallback: "fake", ...options })
const bench = { backends: ["a"], entrypoint: "serving" }

describe("mode auto", () => {
  it.each<[AdapterErrorReason, Fault]>([
    ["not-installed", "open"],
    ["unreachable", "open"],
    ["not-installed", "probe"],
    ["unreachable", "probe"],
    ["not-installed", "before started"],
    ["unreachable", "before started"]
  ])("answers a benchmark with the fallback on %s in %s", async (reason, fault) => {
    await using studio = await openWith(broken(reason, fault))
    const [run] = await studio.benchmark(bench)
    expect(run).toMatchObject({
      status: "succeeded",
      adapter: "eng-ine",
      provenance: "mock-fallback",
      adapterError: { code: reason, message: `It is ${reason}.` },
      error: null,
      metrics: { duration: { value: 1 } },
      fingerprint: { engine: "fake" }
    })
  })

  it.each<[AdapterErrorReason, Fault]>([
    ["crashed", "before started"],
    ["unsupported", "before started"],
    ["not-this-engine", "probe"],
    ["unreachable", "after started"],
    ["not-installed", "after started"]
  ])("fails a benchmark on %s %s", async (reason, fault) => {
    await using studio = await openWith(broken(reason, fault))
    const [run] = await studio.benchmark(bench)
    expect(run).toMatchObject({
      status: "failed",
      provenance: "real",
      adapterError: null,
      error: { code: reason },
      metrics: {}
    })
  })

  it("never answers a score or a generation with the fallback", async () => {
    await using studio = await openWith()
    const [score] = await studio.score({ backends: ["a"], query: "q", items: ["x"], labels: ["y"] })
    const [generation] = await studio.generate({ backends: ["a"], prompt: "p" })
    for (const run of [score, generation])
      expect(run).toMatchObject({
        status: "failed",
        provenance: "real",
        adapterError: null,
        error: { code: "unreachable" }
      })
  })

  it("fails with the original error where there is no fallback", async () => {
    await using studio = await open([broken("unreachable", "probe")])
    const [run] = await studio.benchmark(bench)
    expect(run).toMatchObject({
      status: "failed",
      provenance: "real",
      error: { code: "unreachable", message: "It is unreachable." }
    })
  })
})

describe("mode bench", () => {
  it("fails on any adapter error", async () => {
    await using studio = await openWith()
    const [run] = await studio.benchmark({ ...bench, adapterMode: "bench" })
    expect(run).toMatchObject({
      status: "failed",
      provenance: "real",
      adapterError: null,
      error: { code: "unreachable" },
      metrics: {}
    })
  })
})

describe("mode mock", () => {
  it("answers everything with the fallback, without asking the real one", async () => {
    await using studio = await openWith()
    const options = { backends: ["a"], adapterMode: "mock" } as const
    const runs = [
      ...(await studio.benchmark({ ...options, entrypoint: "serving" })),
      ...(await studio.generate({ ...options, prompt: "p" })),
      ...(await studio.score({ ...options, query: "q", items: ["x"], labels: ["y"] }))
    ]
    for (const run of runs) expect(run).toMatchObject({ status: "succeeded", provenance: "mock", adapterError: null })
    expect((await studio.backends.list())[0]?.probe).toBeNull()
    expect(await studio.runs.wait((await studio.runs.repeat(runs[0]?.id ?? "")).id)).toMatchObject({
      provenance: "mock"
    })
  })

  it("is refused where there is no fallback", async () => {
    await using studio = await open([broken("unreachable", "probe")])
    await expect(studio.benchmark({ ...bench, adapterMode: "mock" })).rejects.toMatchObject({ code: "no-fallback" })
    expect((await studio.status()).runs).toBe(0)
  })
})

describe("the mode", () => {
  const status = async (options: Partial<StudioOptions>, adapterMode?: "auto" | "bench" | "mock") => {
    await using studio = await openWith(undefined, options)
    const [run] = await studio.benchmark({ ...bench, ...(adapterMode && { adapterMode }) })
    return run?.provenance === "real" ? "bench" : run?.provenance === "mock" ? "mock" : "auto"
  }
  const backend = (adapterMode: "auto" | "bench" | "mock") => ({ backends: { a: { adapter: "eng-ine", adapterMode } } })

  it("is that of the run, then of the backend, then of the environment, then auto", async () => {
    const env = { [variable]: "mock" }
    expect(await status({})).toBe("auto")
    expect(await status({ env: { [variable]: "" } })).toBe("auto")
    expect(await status({ env })).toBe("mock")
    expect(await status({ env, ...backend("bench") })).toBe("bench")
    expect(await status({ env, ...backend("bench") }, "auto")).toBe("auto")
  })

  it("must be one that exists", async () => {
    await using studio = await openWith(undefined, { env: { [variable]: "real" } })
    await expect(studio.benchmark(bench)).rejects.toMatchObject({
      code: "invalid-adapter-mode",
      message: `${variable} is "real", which is no adapter mode.`,
      hint: "Allowed are auto, bench, mock.",
      path: variable
    })
  })

  it("changes nothing for a mock, which is always one", async () => {
    await using studio = await open([fake], { env: { STUDIO_FAKE_ADAPTER_MODE: "bench" } })
    const [run] = await studio.generate({ backends: ["a"], prompt: "p" })
    expect(run).toMatchObject({ status: "succeeded", provenance: "mock" })
  })
})

describe("a benchmark entrypoint that the adapter does not have", () => {
  const only = (name: string, ...entrypoints: readonly string[]) =>
    scripted(name, {
      supports: { operations: ["generate", "benchmark"], entrypoints, masks: [] },
      backend: () => ({ probe: () => Promise.reject(failing("unreachable")) })
    })

  it.each([
    [["own-bench", "load"], "It has own-bench, load."],
    [[], "It has none: it runs no benchmarks."]
  ])("is refused before anything is run, by those it has: %j", async (entrypoints, hint) => {
    await using studio = await openWith(only("acme", ...entrypoints))
    await expect(studio.benchmark(bench)).rejects.toMatchObject({
      code: "invalid-request",
      message: 'The adapter acme has no entrypoint "serving".',
      hint,
      path: "entrypoint"
    })
    expect((await studio.status()).runs).toBe(0)
  })

  it("leaves no run of the backends before it", async () => {
    await using studio = await open([scripted("one"), only("two", "own")], {
      backends: { a: { adapter: "one" }, b: { adapter: "two" } }
    })
    await expect(studio.benchmark({ ...bench, backends: ["a", "b"] })).rejects.toMatchObject({ path: "entrypoint" })
    await expect(
      studio.runs.check({ backend: "b", request: { benchmark: { entrypoint: "serving", set: {} } } })
    ).rejects.toMatchObject({ path: "entrypoint" })
    await studio.runs.check({ backend: "b", request: { benchmark: { entrypoint: "own", set: {} } } })
    expect((await studio.status()).runs).toBe(0)
  })

  it("is the fallback's to answer in mode mock, and its refusal hides no other error", async () => {
    await using studio = await openWith(only("acme", "own"))
    const [mock] = await studio.benchmark({ ...bench, adapterMode: "mock" })
    expect(mock).toMatchObject({ status: "succeeded", provenance: "mock" })
    await expect(studio.benchmark({ ...bench, entrypoint: "own", adapterMode: "mock" })).rejects.toMatchObject({
      message: 'The adapter fake has no entrypoint "own".',
      hint: "It has serving."
    })
    const [absent] = await studio.benchmark({ ...bench, entrypoint: "own" })
    expect(absent).toMatchObject({ status: "failed", error: { code: "unreachable" }, adapterError: null })
  })
})
