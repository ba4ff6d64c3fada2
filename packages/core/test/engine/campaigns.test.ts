import { readFile } from "node:fs/promises"
import { join } from "node:path"
import Sqlite from "better-sqlite3"
import { describe, expect, it, onTestFinished } from "vitest"
import { AdapterError } from "../../src/adapter/AdapterError.ts"
import type { Campaign } from "../../src/domain/campaign.ts"
import type { Studio } from "../../src/engine/Studio.ts"
import { launchable, settings } from "../launchable.ts"
import { generateResult, hang, open, play, probeOf, scripted, started } from "../scripted.ts"
import { until } from "../processes.ts"
import { temporaryFolder } from "../store/temporaryFolder.ts"
import { suiteFile } from "../support/suite.ts"

const two = { a: { adapter: "fake" }, b: { adapter: "fake" } }
const fake = scripted("fake")

/** Plays `a` at once; of `b`, run number `at` hangs until it is stopped. */
const hanging = (at: number) => {
  let asked = 0
  return scripted("fake", {
    backend: ({ hangs }) => ({
      generate: (_, { signal }) => (hangs === true && ++asked === at ? hang(signal) : play(started, generateResult))
    })
  })
}
const withHanging = { a: { adapter: "fake" }, b: { adapter: "fake", hangs: true } }

const only = async (studio: Studio): Promise<Campaign> => (await studio.campaigns.list())[0]!
const statuses = ({ runs }: Campaign) => runs.map(({ key, status }) => `${key} ${status}`)

/** The run that hangs: the one that runs once so many have succeeded. */
const untilHanging = async (studio: Studio, id: string, after = 1): Promise<string> => {
  for (;;) {
    const { runs, succeeded } = await studio.campaigns.get(id)
    const running = runs.find(({ status }) => status === "running" && succeeded === after)
    if (running?.runId != null) return running.runId
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

describe("a campaign", () => {
  it("makes the planned runs in their order, one at a time, and says where each belongs", async () => {
    await using studio = await open([fake], { backends: two })
    const { campaign } = await studio.runSuite(suiteFile({ warmup: 1, tags: ["night"] }))
    expect(campaign).toMatchObject({ status: "succeeded", planned: 4, succeeded: 4, failed: 0, stopped: null })
    const runs = (await studio.runs.list({ suite: "nightly" })).items.toReversed()
    expect(runs.map((run) => run.campaign?.key)).toEqual(campaign.runs.map(({ key }) => key))
    expect(runs.map((run) => run.id)).toEqual(campaign.runs.map(({ runId }) => runId))
    for (const [index, run] of runs.slice(1).entries())
      expect(run.createdAt >= (runs[index]!.finishedAt ?? "")).toBe(true)
    expect(runs[0]).toMatchObject({
      tags: ["suite:nightly", `campaign:${campaign.id}`, "case:prompt", "night"],
      campaign: { id: campaign.id, case: "prompt", block: 1, phase: "warmup" }
    })
    expect(await studio.campaigns.list()).toEqual([campaign])
  })

  it("plans no more runs than one can look at", async () => {
    await using studio = await open([fake], { backends: two })
    const cases = Array.from({ length: 11 }, (_, index) => ({
      name: `case-${index}`,
      generate: { prompt: "prompt", max_new_tokens: 1 }
    }))
    await expect(studio.plan(suiteFile({ cases, repeats: 10_000 }))).rejects.toMatchObject({
      code: "invalid-request",
      message: "The suite asks for 220000 runs; at most 100000 can be planned.",
      path: "repeats"
    })
  })

  it("asks each adapter beforehand whether its runs can be asked at all", async () => {
    const strict = scripted("strict", {
      check: (request) => {
        if ("generate" in request && request.generate.maxNewTokens > 1)
          throw new AdapterError({
            reason: "invalid-request",
            message: "max_new_tokens: 2 is too many",
            hint: "Ask for 1."
          })
      }
    })
    const backends = { a: { adapter: "fake" }, b: { adapter: "strict" } }
    await using studio = await open([fake, strict], { backends })
    const longer = suiteFile({ cases: [{ name: "longer", generate: { prompt: "prompt", max_new_tokens: 2 } }] })
    const refused = {
      code: "invalid-request",
      message: "longer/b: max_new_tokens: 2 is too many",
      hint: "Ask for 1.",
      path: "cases"
    }
    await expect(studio.plan(longer)).rejects.toMatchObject(refused)
    await expect(studio.campaigns.start(longer)).rejects.toMatchObject(refused)
    expect(await studio.campaigns.list()).toEqual([])
    expect((await studio.runSuite(suiteFile())).campaign).toMatchObject({ succeeded: 4 })
  })

  it("goes on after a run that fails, and its verdict tells of it", async () => {
    const gone = scripted("gone", {
      backend: () => ({
        probe: async () => probeOf("G", { reachable: false, fingerprint: null, decidedBy: "no answer" })
      })
    })
    await using studio = await open([fake, gone], { backends: { a: { adapter: "fake" }, b: { adapter: "gone" } } })
    const { campaign, verdict } = await studio.runSuite(suiteFile())
    expect(campaign).toMatchObject({ status: "failed", succeeded: 2, failed: 2 })
    expect(verdict).toMatchObject({ outcome: "inconclusive" })
    expect(verdict.reasons.map(({ message }) => message).join()).toMatch(/The backend does not answer: no answer/)
    const failed = await studio.runs.get(campaign.runs.find(({ status }) => status === "failed")?.runId ?? "")
    expect(failed.error).toMatchObject({ code: "unreachable" })
  })

  it("ends at its wall budget: makes its run to the end, starts no other one, and is not gone on with", async () => {
    const patient = scripted("fake", {
      backend: () => ({
        generate: async function* () {
          yield started
          await until(async () => (await only(studio)).progress.elapsedMs > 1000)
          yield generateResult
        }
      })
    })
    await using studio = await open([patient], { backends: two })
    const { campaign, verdict } = await studio.runSuite(suiteFile({ budget: { wall: "1s" } }))
    const stopped = "beyond the budget of 1 s"
    expect(campaign).toMatchObject({ status: "succeeded", planned: 4, succeeded: 1, failed: 0, stopped })
    expect(statuses(campaign)).toEqual([
      "prompt/a/1 succeeded",
      "prompt/b/1 skipped",
      "prompt/a/2 skipped",
      "prompt/b/2 skipped"
    ])
    expect(campaign.skipped).toEqual(campaign.runs.slice(1).map(({ key }) => ({ key, reason: stopped })))
    expect(verdict.outcome).toBe("inconclusive")
    expect(verdict.reasons).toContainEqual({
      code: "stopped",
      message: `${stopped}: 1 of 4 measured runs were made`,
      evidence: {}
    })
    expect(await only(studio)).toEqual(campaign)
    await expect(studio.campaigns.resume(campaign.id)).rejects.toMatchObject({
      code: "campaign-ended",
      message: `The campaign ${campaign.id} has ended before its plan did: ${stopped}.`
    })
  })

  it("is refused before anything is stored where it cannot be run", async () => {
    await using studio = await open([fake], { backends: two })
    const refused = (suite: Parameters<Studio["runSuite"]>[0], how = {}) =>
      expect(studio.campaigns.start(suite, how)).rejects
    await refused(suiteFile({ backends: [] })).toMatchObject({ code: "invalid-request", path: "backends" })
    await refused(suiteFile({ backends: ["a", "a"] })).toMatchObject({ message: 'The backend "a" is named twice.' })
    await refused(suiteFile({ backends: ["a", "c"] })).toMatchObject({ code: "unknown-backend" })
    await refused(suiteFile(), { against: "main" }).toMatchObject({ code: "unknown-baseline", path: "against" })
    await refused(suiteFile({ cases: [] })).toMatchObject({ code: "invalid-suite", path: "cases" })
    expect(await studio.campaigns.list()).toEqual([])
  })
})

describe("one that is stopped", () => {
  it("by cancel ends its run, and when it goes on makes that one again and no other", async () => {
    await using studio = await open([hanging(2)], { backends: withHanging })
    const { id } = await studio.campaigns.start(suiteFile())
    const running = await untilHanging(studio, id, 3)
    const cancelled = await studio.campaigns.cancel(id)
    expect(cancelled.status).toBe("cancelled")
    expect(statuses(cancelled)).toEqual([
      "prompt/a/1 succeeded",
      "prompt/b/1 succeeded",
      "prompt/a/2 succeeded",
      "prompt/b/2 cancelled"
    ])
    expect(await studio.campaigns.cancel(id)).toEqual(cancelled)

    await studio.campaigns.resume(id)
    const { campaign } = await studio.campaigns.wait(id)
    expect(campaign).toMatchObject({ status: "succeeded", succeeded: 4 })
    expect(campaign.runs.slice(0, 3)).toEqual(cancelled.runs.slice(0, 3))
    expect(campaign.runs[3]?.runId).not.toBe(running)
    await expect(studio.campaigns.resume(id)).rejects.toMatchObject({ code: "campaign-ended" })
  })

  it("by an aborted signal is cancelled, and still gives its report", async () => {
    await using studio = await open([hanging(1)], { backends: withHanging })
    const stop = new AbortController()
    const report = await studio.runSuite(suiteFile(), {
      signal: stop.signal,
      onProgress: ({ runs, succeeded }) =>
        succeeded === 1 && runs.some(({ status }) => status === "running") && stop.abort()
    })
    expect(report.campaign).toMatchObject({ status: "cancelled", succeeded: 1 })
    expect(report.verdict).toMatchObject({ outcome: "inconclusive", wouldDecide: "the other 3 runs would decide" })
  })

  it("by the end of its studio is left for the next one", async () => {
    const data = temporaryFolder()
    const studio = await open([hanging(1)], { data, backends: withHanging })
    const { id } = await studio.campaigns.start(suiteFile())
    await untilHanging(studio, id)
    await studio.close()

    await using next = await open([fake], { data, backends: withHanging })
    expect(await next.campaigns.get(id)).toMatchObject({ status: "interrupted", succeeded: 1 })
    await next.campaigns.resume(id)
    expect((await next.campaigns.wait(id)).campaign).toMatchObject({ status: "succeeded", succeeded: 4 })
  })

  it("by a store that takes no run rests with the reason, and goes on with the rest of its plan", async () => {
    const data = temporaryFolder()
    await using studio = await open([fake], { data, backends: two })
    const file = new Sqlite(join(data, "studio.db"))
    onTestFinished(() => void file.close())
    file.exec(
      "CREATE TRIGGER fills BEFORE INSERT ON runs WHEN (SELECT count(*) FROM runs) = 2 BEGIN SELECT raise(ABORT, 'it is full'); END"
    )
    const broken = await studio.runSuite(suiteFile())
    expect(broken.campaign).toMatchObject({ status: "interrupted", succeeded: 2, finishedAt: null, stopped: null })
    expect(statuses(broken.campaign).slice(2)).toEqual(["prompt/a/2 planned", "prompt/b/2 planned"])
    expect(broken.verdict).toMatchObject({
      outcome: "inconclusive",
      sentence: expect.stringContaining("it could not go on: "),
      wouldDecide: expect.stringContaining(`studio run --resume ${broken.campaign.id}`)
    })
    expect(broken.verdict.sentence).toContain("it is full")

    file.exec("DROP TRIGGER fills")
    await studio.campaigns.resume(broken.campaign.id)
    const { campaign, verdict } = await studio.campaigns.wait(broken.campaign.id)
    expect(campaign).toMatchObject({ status: "succeeded", planned: 4, succeeded: 4 })
    expect(campaign.runs.slice(0, 2)).toEqual(broken.campaign.runs.slice(0, 2))
    expect(verdict.sentence).not.toContain("it could not go on")
    expect((await studio.runs.list()).items).toHaveLength(4)
  })

  it("by pause makes its run to the end first", async () => {
    let release = () => {}
    const held = new Promise<void>((resolve) => (release = resolve))
    const patient = scripted("fake", {
      backend: () => ({
        generate: async function* () {
          yield started
          await held
          yield generateResult
        }
      })
    })
    await using studio = await open([patient], { backends: two })
    const { id } = await studio.campaigns.start(suiteFile())
    await untilHanging(studio, id, 0)
    await studio.campaigns.pause(id)
    release()
    const { campaign } = await studio.campaigns.wait(id)
    expect(campaign).toMatchObject({ status: "paused", succeeded: 1, verdict: null })
    await studio.campaigns.resume(id)
    expect((await studio.campaigns.wait(id)).campaign).toMatchObject({ status: "succeeded", succeeded: 4 })
  })

  it("from another studio on the same data folder is stopped by its own, and is not run twice", async () => {
    const data = temporaryFolder()
    await using owner = await open([hanging(1)], { data, backends: withHanging })
    const { id } = await owner.campaigns.start(suiteFile())
    await untilHanging(owner, id)
    await using other = await open([fake], { data, backends: withHanging })
    await expect(other.campaigns.resume(id)).rejects.toMatchObject({ code: "busy" })
    expect(await other.campaigns.cancel(id)).toMatchObject({ status: "cancelled", succeeded: 1 })
  })

  it("by somebody who cancels its run rests, and does not make it again at once", async () => {
    await using studio = await open([hanging(1)], { backends: withHanging })
    const { id } = await studio.campaigns.start(suiteFile())
    await studio.runs.cancel(await untilHanging(studio, id))
    expect((await studio.campaigns.wait(id)).campaign).toMatchObject({ status: "paused", succeeded: 1 })
  })
})

describe("one that goes on under a gate", () => {
  const refused = (message: string) => ({ code: "mock-refused", message, path: "backends" })

  it("is refused before anything is run where a backend is a mock", async () => {
    const mock = scripted("mock", { mock: true })
    const backends = { a: { ...withHanging.b }, b: { adapter: "mock" } }
    await using studio = await open([hanging(1), mock], { backends })
    const { id } = await studio.campaigns.start(suiteFile())
    await untilHanging(studio, id, 0)
    await studio.campaigns.cancel(id)
    const told = refused("A gate does not judge mock results: b.")
    await expect(studio.campaigns.resume(id, { gate: true })).rejects.toMatchObject(told)
    expect((await studio.runs.list()).items).toHaveLength(1)
    await studio.campaigns.resume(id, { gate: true, allowMock: true })
    expect((await studio.campaigns.wait(id)).campaign).toMatchObject({ status: "succeeded", succeeded: 4 })
  })

  it("is refused where its baseline is a mock's, also when it has ended", async () => {
    const mock = scripted("mock", { mock: true })
    const backends = { a: { adapter: "mock" }, b: withHanging.b }
    await using studio = await open([hanging(1), mock], { backends })
    const { campaign } = await studio.runSuite(suiteFile({ backends: ["a"] }))
    await studio.baselines.promote(campaign.id, { name: "main", reason: "first", author: "Ada", allowMock: true })
    const { id } = await studio.campaigns.start(suiteFile({ backends: ["b"] }), { against: "main" })
    await untilHanging(studio, id, 0)
    await studio.campaigns.cancel(id)
    const told = refused('The baseline "main" holds results that are not real.')
    await expect(studio.campaigns.resume(id, { gate: true })).rejects.toMatchObject(told)
    expect((await studio.campaigns.get(id)).status).toBe("cancelled")
    await studio.campaigns.resume(id)
    expect((await studio.campaigns.wait(id)).campaign).toMatchObject({ status: "succeeded", succeeded: 2 })
    await expect(studio.campaigns.resume(id, { gate: true })).rejects.toMatchObject(told)
    await expect(studio.campaigns.resume(id)).rejects.toMatchObject({ code: "campaign-ended" })
  })
})

describe("a waiver", () => {
  const terms = { until: "2999-01-01", reason: "known", author: "Ada" }
  const gates = [{ name: "tokens", parity: "token" as const }]
  const refused = (path: string, message: string, hint: string) => ({ code: "invalid-request", path, message, hint })

  it("is of what the newest campaigns of its suite have", async () => {
    await using studio = await open([fake], { backends: two })
    await studio.runSuite(suiteFile({ gates }))
    const waive = (changes: object) =>
      studio.baselines.waive({ suite: "nightly", gate: "tokens", ...terms, ...changes })
    for (const some of [{}, { case: "prompt", backend: "b" }, { gate: "tokens:a request" }])
      expect(await waive(some)).toMatchObject({ suite: "nightly", ...some })
    await expect(waive({ suite: "nihtly" })).rejects.toMatchObject(
      refused("suite", 'No campaign is of "nihtly".', "Did you mean nightly? There is nightly.")
    )
    await expect(waive({ gate: "token" })).rejects.toMatchObject(
      refused("gate", 'The suite "nightly" has no gate "token".', "Did you mean tokens? There is tokens.")
    )
    await expect(waive({ case: "code" })).rejects.toMatchObject(
      refused("case", 'The suite "nightly" has no case "code".', "There is prompt.")
    )
    await expect(waive({ backend: "jax" })).rejects.toMatchObject(
      refused("backend", 'The suite "nightly" has no backend "jax".', "There are a, b.")
    )
    expect(await studio.baselines.waivers()).toHaveLength(3)
  })

  it("may come before the first campaign of all", async () => {
    await using studio = await open([fake], { backends: two })
    expect(await studio.baselines.waive({ suite: "any", gate: "one", ...terms })).toMatchObject({ gate: "one" })
  })

  it("is of a usual gate where the suite names none", async () => {
    await using studio = await open([fake], { backends: two })
    const { campaign } = await studio.runSuite(suiteFile())
    const [usual] = campaign.cells.flatMap((cell) => cell.gates)
    expect(await studio.baselines.waive({ suite: "nightly", gate: usual!.name, ...terms })).toMatchObject({
      gate: usual!.name
    })
    await expect(studio.baselines.waive({ suite: "nightly", gate: "none", ...terms })).rejects.toMatchObject({
      path: "gate"
    })
  })
})

describe("servers that the studio starts", () => {
  const dtypes = {
    launch: { dtype: "${dtype}" },
    matrix: { axes: { dtype: ["f32", "bf16"] } }
  }
  const starts = async (restart: "never" | "block" | "point") => {
    await using studio = await open([launchable], { backends: { a: await settings() } })
    const suite = suiteFile({ ...dtypes, backends: ["a"], order: { kind: "sequential", restart } })
    const { campaign } = await studio.runSuite(suite)
    expect(campaign).toMatchObject({ status: "succeeded", succeeded: 4 })
    const logs = await Promise.all(
      campaign.runs.map(async ({ runId }) =>
        readFile(await studio.runs.artifactPath(runId ?? "", "server.log"), "utf8")
      )
    )
    return logs.flatMap((log) => /--dtype (\w+)/u.exec(log)?.[1] ?? [])
  }

  it("are started anew where a launch value changes, with their logs kept by the runs", async () => {
    expect(await starts("never")).toEqual(["f32", "bf16", "f32", "bf16"])
  })

  it("tell in each run that needed one why it did not start, and the campaign goes on", async () => {
    const broken = await settings({}, { fail: true })
    await using studio = await open([launchable, fake], { backends: { a: { adapter: "fake" }, b: broken } })
    const { campaign } = await studio.runSuite(suiteFile({ repeats: 1 }))
    expect(campaign).toMatchObject({ status: "failed", succeeded: 1, failed: 1 })
    const run = await studio.runs.get(campaign.runs.find(({ status }) => status === "failed")?.runId ?? "")
    expect(run.error?.code).toBe("crashed")
  })
})
