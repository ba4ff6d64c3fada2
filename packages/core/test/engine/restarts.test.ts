import { readFileSync } from "node:fs"
import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { describe, expect, it, test } from "vitest"
import type { Adapter, Backend, BenchmarkResult } from "../../src/adapter/Adapter.ts"
import type { Campaign } from "../../src/domain/campaign.ts"
import type { Studio } from "../../src/engine/Studio.ts"
import { freePort, launchable } from "../launchable.ts"
import { isRunning, until } from "../processes.ts"
import { hang, open, play, started } from "../scripted.ts"
import { temporaryFolder } from "../store/temporaryFolder.ts"
import { suiteFile } from "../support/suite.ts"

/** What a server wrote when it started. */
interface Start {
  readonly pids: readonly number[]
  /** Of earlier servers, those that still ran. */
  readonly beside: readonly number[]
}

/** Backends that the studio starts, each on its own port, whose servers write one journal. */
const journalled = async (names: readonly string[], own: object = {}) => {
  const journal = join(temporaryFolder(), "starts.jsonl")
  const ports = await Promise.all(names.map(freePort))
  const launch = { args: {}, env: { JOURNAL: journal }, ready_timeout: "20s" }
  return {
    backends: Object.fromEntries(
      names.map((name, at) => [name, { adapter: "engine", port: ports[at], launch, ...own }])
    ),
    /** Every start so far, in order. */
    starts: (): readonly Start[] =>
      readFileSync(journal, "utf8")
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line))
  }
}

const logOf = async (studio: Studio, runId: string | null): Promise<string> =>
  readFile(await studio.runs.artifactPath(runId ?? "", "server.log"), "utf8")

/** The runs of a campaign as `n-th of the servers started: arm phase`, from what their logs say. */
const servedBy = async (studio: Studio, { runs }: Campaign, starts: readonly Start[]): Promise<readonly string[]> => {
  let server = 0
  const served: string[] = []
  for (const { runId, backend, point, phase } of runs) {
    const log = await logOf(studio, runId)
    const pid = Number(/^pid (\d+)/mu.exec(log)?.[1])
    if (!Number.isNaN(pid)) server = 1 + starts.findIndex(({ pids }) => pids[0] === pid)
    served.push(`${server}: ${backend}${point["n"] ?? ""}${phase === "warmup" ? " warm-up" : ""}`)
  }
  return served
}

/** The run that a campaign makes first, once it has been made. */
const firstRun = async (studio: Studio, id: string): Promise<string> => {
  let runId: string | null = null
  await until(async () => (runId = (await studio.campaigns.get(id)).runs[0]?.runId ?? null) !== null)
  return runId ?? ""
}

const timed = (e2eMs: number): BenchmarkResult => ({
  kind: "benchmark",
  metrics: {
    completed: { value: 256, unit: "requests", definition: "test" },
    "e2e_latency_ms.p50": { value: e2eMs, unit: "ms", definition: "test" }
  },
  raw: null
})

const twoPoints = {
  cases: [{ name: "prompt", generate: { prompt: "${n}", max_new_tokens: 1 } }],
  matrix: { axes: { n: [1, 2] } }
}

/** No server ran beside another one, and nothing of them is left. */
const tidy = (starts: readonly Start[]): void => {
  expect(starts.flatMap(({ beside }) => beside)).toEqual([])
  expect(starts.flatMap(({ pids }) => pids.filter(isRunning))).toEqual([])
}

describe("a suite on servers that the studio starts", () => {
  test.each([
    ["never", ["1: a1 warm-up", "1: a1", "1: a2 warm-up", "1: a2", "1: a1", "1: a2"]],
    ["block", ["1: a1 warm-up", "1: a1", "1: a2 warm-up", "1: a2", "2: a1 warm-up", "2: a1", "2: a2 warm-up", "2: a2"]],
    ["point", ["1: a1 warm-up", "1: a1", "2: a2 warm-up", "2: a2", "3: a1 warm-up", "3: a1", "4: a2 warm-up", "4: a2"]]
  ] as const)(
    "restart: %s starts one server anew, warms it up, and keeps its log with each run",
    async (restart, expected) => {
      const { backends, starts } = await journalled(["a"])
      await using studio = await open([launchable], { backends })
      const order = { kind: "sequential", restart } as const
      const { campaign } = await studio.runSuite(suiteFile({ ...twoPoints, warmup: 1, backends: ["a"], order }))
      expect(campaign).toMatchObject({ status: "succeeded", planned: 4, succeeded: 4 })
      expect(await servedBy(studio, campaign, starts())).toEqual(expected)
      tidy(starts())
    }
  )

  test.each([
    ["never", ["aa", "bbbb", "aa"]],
    ["block", ["aa", "bb", "bb", "aa"]],
    ["point", ["a", "b", "b", "a", "a", "b", "b", "a"]]
  ] as const)("restart: %s has two of them take turns, one up at a time", async (restart, expected) => {
    const { backends, starts } = await journalled(["a", "b"])
    await using studio = await open([launchable], { backends })
    const order = { kind: "interleaved", seed: 3, restart } as const
    const { campaign } = await studio.runSuite(suiteFile({ ...twoPoints, order }))
    expect(campaign).toMatchObject({ status: "succeeded", succeeded: 8 })
    const served = Map.groupBy(await servedBy(studio, campaign, starts()), (run) => run.split(":")[0])
    expect([...served.values()].map((runs) => runs.map((run) => /[ab]/u.exec(run)).join(""))).toEqual(expected)
    tidy(starts())
  })

  it("leaves no process, and no log out, when it is cancelled while a server serves", async () => {
    const { backends, starts } = await journalled(["a"], { hangs: true })
    await using studio = await open([launchable], { backends })
    const { id } = await studio.campaigns.start(suiteFile({ backends: ["a"] }))
    for await (const { event } of studio.runs.events(await firstRun(studio, id)))
      if (event.type === "status" && event.status === "running") break
    expect(starts().flatMap(({ pids }) => pids.filter(isRunning))).toHaveLength(2)
    const { runs } = await studio.campaigns.cancel(id)
    expect(runs.map(({ status }) => status)).toEqual(["cancelled", "planned"])
    expect(await logOf(studio, runs[0]?.runId ?? "")).toMatch(/\nready\n$/u)
    tidy(starts())
  })

  it("warms a server up again for the runs that are added since the planned ones decide nothing", async () => {
    const { backends, starts } = await journalled(["a", "b"])
    let run = 0
    const noisy: Adapter = {
      ...launchable,
      open: async (settings) => ({
        ...(await launchable.open(settings)),
        benchmark: () => play(started, { type: "result", result: timed(run++ % 3 === 0 ? 100 : 130) })
      })
    }
    await using studio = await open([noisy], { backends })
    const gates = [{ name: "latency", metric: "e2e_latency_ms.p50", max_regression: "5%" }]
    const cases = [{ name: "serving", benchmark: "serving" }]
    // The second block ends on the server that the third one begins on.
    const order = { kind: "interleaved", seed: 3, restart: "never" } as const
    const { id } = await studio.campaigns.start(suiteFile({ cases, warmup: 1, gates, order }), { untilDecided: true })
    const { campaign } = await studio.campaigns.wait(id)
    expect(campaign).toMatchObject({ status: "succeeded", planned: 8 })
    const served = Map.groupBy(await servedBy(studio, campaign, starts()), (told) => told.split(":")[0])
    for (const runs of served.values()) expect(runs[0]).toContain("warm-up")
    tidy(starts())
  })

  it("warms the server up again where it goes on", async () => {
    const { backends, starts } = await journalled(["a"])
    let asked = 0
    const halting: Adapter = {
      ...launchable,
      open: async (settings) => {
        const backend = await launchable.open(settings)
        const generate: Backend["generate"] = (request, context) =>
          ++asked === 4 ? hang(context.signal) : backend.generate!(request, context)
        return { ...backend, generate }
      }
    }
    await using studio = await open([halting], { backends })
    const { id } = await studio.campaigns.start(suiteFile({ ...twoPoints, warmup: 1, backends: ["a"] }))
    await until(async () => (await studio.campaigns.get(id)).runs[3]?.status === "running")
    expect((await studio.campaigns.cancel(id)).status).toBe("cancelled")
    await studio.campaigns.resume(id)
    const { campaign } = await studio.campaigns.wait(id)
    expect(campaign).toMatchObject({ status: "succeeded", planned: 4, succeeded: 4 })
    expect(await servedBy(studio, campaign, starts())).toEqual([
      "1: a1 warm-up",
      "1: a1",
      "1: a2 warm-up",
      "2: a2 warm-up",
      "2: a2",
      "2: a1 warm-up",
      "2: a1",
      "2: a2"
    ])
    tidy(starts())
  })
})
