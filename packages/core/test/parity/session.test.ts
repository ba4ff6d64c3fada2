import { describe, expect, test } from "vitest"
import type { ParityProgress } from "../../src/engine/parity/ParityOptions.ts"
import { fewCases, openWith, prompts, scoreCase } from "./setup.ts"

describe("one backend against itself", () => {
  test("a sound one is the same however it is asked, and the report is kept", async () => {
    const studio = await openWith({ a: { noise: "fp32" } })
    const { selfChecks } = await studio.parity({ backends: ["a"], cases: fewCases, self: true, maxNewTokens: 4 })
    expect(selfChecks).toHaveLength(1)
    expect(selfChecks[0]?.outcome).toBe("pass")
    expect(selfChecks[0]?.checks.map(({ name, outcome }) => `${name} ${outcome}`)).toMatchInlineSnapshot(`
      [
        "repeated pass",
        "prefill-decode pass",
        "cached-flushed pass",
        "streamed pass",
        "batched pass",
        "single-multi-item pass",
        "permuted pass",
        "generate-score pass",
        "generate-completions pass",
      ]
    `)
    await studio.parity({ backends: ["a"], cases: prompts(1), self: true, maxNewTokens: 1 })
    const history = await studio.backends.selfChecks("a")
    expect(history).toHaveLength(2)
    expect(history[1]).toEqual(selfChecks[0])
    expect(history[0]?.checks.find(({ name }) => name === "permuted")).toMatchObject({
      outcome: "skipped",
      reason: "no case is a score"
    })
  })

  test.each([
    ["batch-dependent", ["batched", "single-multi-item", "permuted"]],
    ["cache-dependent", ["cached-flushed"]]
  ])("%s fails in %j", async (scenario, names) => {
    const studio = await openWith({ a: { scenario } })
    const { selfChecks, comparison } = await studio.parity({ backends: ["a"], cases: fewCases, self: true })
    const failed = selfChecks[0]?.checks.filter(({ outcome }) => outcome === "fail").map(({ name }) => name) ?? []
    expect(failed).toEqual(expect.arrayContaining(names))
    expect(failed).not.toContain("repeated")
    expect(selfChecks[0]?.outcome).toBe("fail")
    expect(comparison.divergences[0]?.cause).toBe(scenario)
  })

  test("without cases it is asked what every model can take", async () => {
    const studio = await openWith({ a: {} })
    const { selfChecks } = await studio.parity({ backends: ["a"], self: true, maxNewTokens: 1 })
    expect(selfChecks[0]?.checks.every(({ outcome }) => outcome === "pass")).toBe(true)
  })
})

test("a reference tells which side is off", async () => {
  const studio = await openWith({ a: { scenario: "perturbed" }, b: { noise: "fp32" }, truth: {} })
  const options = { cases: prompts(4), noiseFloor: 0, reference: "truth" }
  const { reference } = await studio.parity({ backends: ["a", "b"], ...options })
  expect(reference).toMatchObject({ backend: "truth", off: ["a"] })
  expect(reference?.sentence).toMatch(/^Against truth, a is off: a RMS .+ nat; b RMS .+ nat\.$/u)
  expect(await studio.comparisons.get(reference?.comparisonId ?? "")).toMatchObject({
    arms: [{ label: "truth" }, {}, {}]
  })
})

describe("stored cases", () => {
  test("are run by name or tag, and keep their last verdict per pair of backends", async () => {
    const studio = await openWith({ a: {}, b: { scenario: "batch-dependent" }, c: { noise: "fp32" } })
    await studio.cases.add({ ...scoreCase, tags: ["score"] })
    await studio.cases.add(prompts(1)[0]!)
    await studio.cases.run({ backends: ["a", "b"], tag: "score", noiseFloor: 0 })
    const { comparison } = await studio.cases.run({ backends: ["a", "c"], ids: ["refund"], noiseFloor: 0 })
    expect((await studio.cases.get("refund")).verdicts).toMatchObject([
      { baseline: "a", candidate: "b", outcome: "fail" },
      { baseline: "a", candidate: "c", outcome: "pass", comparisonId: comparison.id }
    ])
    expect((await studio.cases.get("prompt-0")).verdicts).toEqual([])
    await expect(studio.cases.run({ backends: ["a", "b"], tag: "none" })).rejects.toMatchObject({ code: "no-cases" })
  })

  test("a case's own tolerance decides its verdict", async () => {
    const studio = await openWith({ a: {}, b: { scenario: "perturbed" } })
    const [first, second] = prompts(2)
    await studio.cases.add({ ...first!, tolerance: 100 })
    await studio.cases.add({ ...second!, tolerance: 1e-9 })
    await studio.cases.run({ backends: ["a", "b"], noiseFloor: 0 })
    const verdicts = (await studio.cases.list()).map(({ verdicts }) => verdicts[0]?.outcome)
    expect(verdicts).toEqual(["pass", "fail"])
  })

  test("a case that parts from itself fails, however well the sides agree", async () => {
    const studio = await openWith({ a: {}, b: { scenario: "batch-dependent" } })
    for (const spec of prompts(4)) await studio.cases.add({ ...spec, tolerance: 0.01 })
    const { comparison } = await studio.cases.run({ backends: ["a", "b"] })
    const parted = new Set(comparison.divergences.map((one) => one.case))
    expect(parted.size).toBeGreaterThan(0)
    for (const { name, verdicts } of await studio.cases.list()) {
      expect(verdicts[0]?.outcome, name).toBe(parted.has(name) ? "fail" : "pass")
      // What it fails by is shown, not that the two sides agree.
      if (parted.has(name)) expect(verdicts[0]?.maxAbsDelta, name).toBeGreaterThan(0.01)
    }
  })

  test("of three backends are judged for each candidate by itself", async () => {
    const studio = await openWith({ a: {}, good: {}, bad: { scenario: "perturbed" } })
    for (const spec of prompts(2)) await studio.cases.add({ ...spec, tolerance: 1e-6 })
    await studio.cases.run({ backends: ["a", "good", "bad"], noiseFloor: 0 })
    for (const { verdicts } of await studio.cases.list())
      expect(verdicts.map(({ candidate, outcome }) => `${candidate} ${outcome}`).toSorted()).toEqual([
        "bad fail",
        "good pass"
      ])
  })

  test("are read from lines, all or none, and written as the same bytes", async () => {
    const studio = await openWith({ a: {} })
    const lines = '{"name":"x","prompt":"p","tags":["t"]}\n{"name":"y","input_ids":[1,2],"tolerance":0.5}\n'
    await studio.cases.import(lines)
    expect(await studio.cases.export()).toBe(lines)
    expect(await studio.cases.export({ tag: "t" })).toBe(lines.split("\n")[0] + "\n")
    const broken = studio.cases.import(`${lines}{"name":"z"}`, "cases.jsonl")
    await expect(broken).rejects.toMatchObject({
      code: "invalid-cases",
      message: "cases.jsonl cannot be read: line 3: give exactly one of prompt, input_ids and score."
    })
    expect(await studio.cases.list()).toHaveLength(2)
  })

  test("are refused where they could not be read again, and nothing is stored", async () => {
    const studio = await openWith({ a: {} })
    const [kept] = prompts(1)
    await studio.cases.add(kept!)
    const { score } = scoreCase as Extract<typeof scoreCase, { score: unknown }>
    for (const [change, path] of [
      [{ ...kept!, name: "" }, "name"],
      [{ ...kept!, prompt: "" }, "prompt"],
      [{ name: "n", inputIds: [], tolerance: null, tags: [] }, "input_ids"],
      [{ ...scoreCase, score: { ...score, items: [] } }, "score.items"],
      [{ ...kept!, tolerance: -1 }, "tolerance"]
    ] as const) {
      await expect(studio.cases.add(change)).rejects.toMatchObject({ code: "invalid-request", path })
      await expect(studio.cases.replace(kept!.name, change)).rejects.toMatchObject({ code: "invalid-request", path })
    }
    expect(await studio.cases.list()).toMatchObject([kept!])
  })

  test("are replaced by an edited copy of themselves", async () => {
    const studio = await openWith({ a: {} })
    const stored = await studio.cases.add(prompts(1)[0]!)
    const changed = await studio.cases.replace(stored.id, { ...stored, tolerance: 0.5 })
    expect(changed).toEqual({ ...stored, tolerance: 0.5, updatedAt: expect.any(String) })
  })
})

test("what a comparison suggests can be carried out later, and is not done twice", async () => {
  const studio = await openWith({ a: {}, b: { scenario: "cache-dependent" } })
  const runs = await studio.generate({ backends: ["a", "b"], prompt: "The river waits for the train and then it" })
  const { id, divergences } = await studio.compare({
    arms: runs.map((run) => ({ label: run.backend, runIds: [run.id] }))
  })
  expect(divergences[0]?.confirm).toContainEqual({ action: "repeat", status: "suggested" })
  const confirmed = await studio.comparisons.confirm(id, { actions: ["repeat", "flush cache and retry"] })
  expect(confirmed.divergences[0]).toMatchObject({
    cause: "cache-dependent",
    confirm: [{ status: "confirmed" }, { status: "confirmed" }]
  })
  expect(await studio.comparisons.confirm(confirmed.id, { actions: ["repeat"] })).toEqual(confirmed)
  await expect(studio.comparisons.confirm(id, { actions: ["fresh server"] })).rejects.toMatchObject({
    code: "invalid-request",
    path: "actions"
  })
})

describe("before anything is run", () => {
  test.each([
    [{ backends: ["a"] }, { code: "invalid-request", path: "backends" }],
    [{ backends: ["a", "a"] }, { code: "invalid-request", path: "backends" }],
    [{ backends: ["a", "none"] }, { code: "unknown-backend" }],
    [
      { backends: ["a", "b"], noiseFloor: -1 },
      { code: "invalid-request", path: "noise_floor" }
    ],
    [
      { backends: ["a", "b"], cases: [] },
      { code: "invalid-request", path: "cases" }
    ],
    [{ backends: ["a", "b"], gate: true }, { code: "mock-refused" }]
  ])("%j is refused", async (options, error) => {
    const studio = await openWith({ a: {}, b: {} })
    await expect(studio.parity(options)).rejects.toMatchObject(error)
    expect((await studio.status()).runs).toBe(0)
  })
})

test("progress goes from stage to stage, and an abort cancels what still runs", async () => {
  const studio = await openWith({ a: {}, b: { scenario: "hang" } })
  const abort = new AbortController()
  const seen: ParityProgress[] = []
  const checking = studio.parity({
    backends: ["a", "b"],
    cases: prompts(3),
    signal: abort.signal,
    onProgress: (progress) => {
      seen.push(progress)
      if (progress.done === 3) abort.abort()
    }
  })
  await expect(checking).rejects.toMatchObject({ name: "AbortError" })
  expect(seen[0]).toEqual({ stage: "asking the cases", done: 0, total: 6 })
  const { items } = await studio.runs.list()
  expect(items.map(({ backend, status }) => `${backend} ${status}`).toSorted()).toEqual([
    ...Array(3).fill("a succeeded"),
    ...Array(3).fill("b cancelled")
  ])
  expect((await studio.status()).inFlight).toBe(0)
})
