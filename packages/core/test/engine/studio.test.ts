import { execFile } from "node:child_process"
import { join } from "node:path"
import { promisify } from "node:util"
import { describe, expect, it } from "vitest"
import { openStudio } from "../../src/engine/openStudio.ts"
import { generateRequest, hang, open, play, scored, scripted, started } from "../scripted.ts"

const scoring = scripted("scoring", {
  backend: ({ score = 0.5 }) => ({
    score: () =>
      play(started, { type: "result", result: { ...scored, scores: [[Number(score)]], oneByOne: [[Number(score)]] } })
  })
})
const request = { query: "q", items: [" x"], labels: [" yes"] }

describe("a studio", () => {
  it("refuses a filter that no run can pass, and two backends of one name", async () => {
    await using studio = await open([scoring], { backends: { a: { adapter: "scoring" } } })
    await expect(studio.runs.list({ status: "foo" })).rejects.toMatchObject({ code: "invalid-request", path: "status" })
    await expect(studio.runs.list({ since: "yesterday" })).rejects.toMatchObject({ path: "since" })
    expect((await studio.runs.list({ backend: "nobody", status: "failed" })).items).toEqual([])
    const backends = ["a", "a=scoring"]
    await expect(studio.score({ backends, ...request })).rejects.toMatchObject({
      code: "invalid-request",
      message: 'The backend "a" is named twice.',
      path: "backends"
    })
    expect(await studio.score({ backends: ["a", "a"], ...request })).toHaveLength(2)
  })

  it("scores on several backends, compares, and finds the comparison again", async () => {
    await using studio = await open([scoring], {
      backends: { a: { adapter: "scoring" }, b: { adapter: "scoring", score: 0.25 } }
    })
    const runs = await studio.score({ backends: ["a", "b"], ...request })
    expect(runs.map(({ backend, request }) => [backend, "score" in request && request.score.oneByOne])).toEqual([
      ["a", true],
      ["b", true]
    ])
    expect(runs[0]?.workloadHash).toBe(runs[1]?.workloadHash)

    const arms = runs.map((run) => ({ label: run.backend, runIds: [run.id.slice(0, 6)] }))
    const comparison = await studio.compare({ arms })
    expect(comparison.arms).toEqual(runs.map((run) => ({ label: run.backend, runIds: [run.id] })))
    expect(comparison.scores?.maxAbsDelta).toBe(0.25)
    expect((await studio.compare({ arms })).id).toBe(comparison.id)
    expect(await studio.comparisons.get(comparison.id.slice(0, 5))).toMatchObject({
      id: comparison.id,
      verdict: comparison.verdict
    })
    expect(await studio.comparisons.list()).toMatchObject([
      { id: comparison.id, outcome: comparison.verdict.outcome, sentence: comparison.verdict.sentence }
    ])
  })

  it("compares nothing that is not there or not finished", async () => {
    await using studio = await open(
      [scoring, scripted("hanging", { backend: () => ({ generate: (_, { signal }) => hang(signal) }) })],
      {
        backends: { a: { adapter: "scoring" }, h: { adapter: "hanging" } }
      }
    )
    const [run] = await studio.score({ backends: ["a"], ...request })
    const arm = { label: "a", runIds: [run?.id ?? ""] }
    await expect(studio.compare({ arms: [arm] })).rejects.toMatchObject({ code: "invalid-request", path: "arms" })
    await expect(studio.compare({ arms: [arm, { label: "b", runIds: [] }] })).rejects.toMatchObject({
      code: "invalid-request"
    })
    await expect(studio.compare({ arms: [arm, { label: "b", runIds: ["nothing"] }] })).rejects.toMatchObject({
      code: "not-found"
    })
    const { id } = await studio.runs.submit({ backend: "h", request: generateRequest })
    await expect(studio.compare({ arms: [arm, { label: "h", runIds: [id] }] })).rejects.toMatchObject({
      code: "run-not-finished"
    })
  })

  it("repeats a run, and changes of a run only what people may change", async () => {
    await using studio = await open([scoring])
    const [run] = await studio.score({ backends: ["a"], ...request, tags: ["first"] })
    const again = await studio.runs.wait((await studio.runs.repeat(run?.id ?? "")).id)
    expect(again).toMatchObject({
      status: "succeeded",
      request: run?.request,
      workloadHash: run?.workloadHash,
      tags: ["first"]
    })
    expect(again.id).not.toBe(run?.id)
    const changed = await studio.runs.annotate(again.id, { note: "look here", tags: ["x", "x"], pinned: true })
    expect(changed).toMatchObject({
      note: "look here",
      tags: ["x"],
      pinned: true,
      archived: false,
      status: "succeeded"
    })
    expect((await studio.runs.list({ tag: "x" })).items.map(({ id }) => id)).toEqual([again.id])
    expect((await studio.runs.list({ limit: 1 })).nextCursor).not.toBeNull()
    expect(await studio.status()).toMatchObject({ inFlight: 0, runs: 2 })
    await expect(studio.runs.artifactPath(again.id, "x.txt")).rejects.toMatchObject({ code: "not-found" })
  })

  it.each([
    [{ score: { ...request, items: [] } }, "request.score.items"],
    [{ score: { ...request, labels: null } }, "request.score.labels"],
    [{ score: { ...request, labelTokenIds: [1] } }, "request.score.labels"],
    [{ generate: { prompt: null, inputIds: null } }, "request.generate.prompt"],
    [{ generate: { prompt: "p", inputIds: null, maxNewTokens: -1 } }, "request.generate.max_new_tokens"],
    [{ benchmark: { entrypoint: "", set: {} } }, "request.benchmark.entrypoint"]
  ])("refuses the request %j by its field", async (broken, path) => {
    await using studio = await open([scoring])
    await expect(studio.runs.submit({ backend: "a", request: broken as typeof generateRequest })).rejects.toMatchObject(
      { code: "invalid-request", path }
    )
    expect((await studio.status()).runs).toBe(0)
  })

  it("is opened only with options that fit each other", async () => {
    const options = { data: ":memory:", adapters: [scoring] }
    await expect(openStudio({ ...options, fallback: "other" })).rejects.toMatchObject({
      code: "invalid-options",
      path: "fallback"
    })
    await expect(openStudio({ ...options, adapters: [scoring, scoring] })).rejects.toMatchObject({
      code: "invalid-options",
      path: "adapters"
    })
  })

  it("that nobody closed lets its process end, but not before the runs have", async () => {
    const script = join(import.meta.dirname, "../fixtures/forgetful.ts")
    const { stdout } = await promisify(execFile)(process.execPath, ["--conditions=@sglang-studio/source", script])
    expect(stdout).toBe("succeeded\n")
  })
})
