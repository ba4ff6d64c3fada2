import { describe, expect, it } from "vitest"
import type { RunEvent } from "../../src/adapter/Adapter.ts"
import { AdapterError } from "../../src/adapter/AdapterError.ts"
import type { Finding } from "../../src/domain/validity.ts"
import { generated, generateRequest, generateResult, hang, open, play, scored, scripted, started } from "../scripted.ts"

const runOnce = async (events: (signal: AbortSignal) => AsyncIterable<RunEvent>) => {
  await using studio = await open([scripted("s", { backend: () => ({ generate: (_, { signal }) => events(signal) }) })])
  const { id } = await studio.runs.submit({ backend: "a", request: generateRequest })
  const run = await studio.runs.wait(id)
  const log = []
  for await (const { event } of studio.runs.events(id)) log.push(event.type === "status" ? event.status : event.type)
  return { run, log, samples: await studio.runs.samples(id) }
}

describe("a run", () => {
  it("is stored as queued at once, and goes all the way", async () => {
    await using studio = await open([scripted("s")])
    const queued = await studio.runs.submit({ backend: "a", request: generateRequest, tags: ["t"] })
    expect(queued).toMatchObject({ status: "queued", kind: "generate", provenance: "real", tags: ["t"] })
    const run = await studio.runs.wait(queued.id)
    expect(run).toMatchObject({
      status: "succeeded",
      output: { text: "hi" },
      fingerprint: { engine: "s" },
      error: null
    })
    expect(run.systemHash).toMatch(/^sha256:[0-9a-f]{64}$/u)
    expect(run.reproduce.cli).toBe(
      "studio generate --backend a --prompt p --max-new-tokens 1 --temperature 0 --top-logprobs 0"
    )
  })

  it("is refused, and not stored, where its adapter breaks on how to repeat it by hand", async () => {
    const reproduce = () => {
      throw new TypeError("no such field")
    }
    await using studio = await open([scripted("s", { reproduce })])
    await expect(studio.runs.submit({ backend: "a", request: generateRequest })).rejects.toMatchObject({
      code: "adapter-defect",
      message: "The adapter s broke: TypeError: no such field"
    })
    expect((await studio.runs.list()).items).toEqual([])
  })

  it("keeps everything that it was told, in order", async () => {
    const finding: Finding = { code: "drift", severity: "warning", message: "m", evidence: {} }
    const { run, log, samples } = await runOnce(() =>
      play(
        { type: "progress", done: 0, total: 2, unit: "requests" },
        started,
        { type: "token", index: 0, id: 1, text: "a", logprob: -1 },
        {
          type: "sample",
          sample: { startMs: 0, ttftMs: 1, itlMs: null, e2eMs: 2, inputTokens: 1, outputTokens: 1, error: null }
        },
        {
          type: "trace",
          chunk: {
            case: "prompt",
            promptLength: 1,
            semantics: "raw",
            from: 0,
            ids: [5],
            tokens: ["a"],
            logprobs: [null],
            ranks: null,
            top: null
          }
        },
        { type: "finding", finding },
        { type: "progress", done: 1, total: 2, unit: "requests" },
        { type: "progress", done: 2, total: 2, unit: "requests" },
        generateResult
      )
    )
    expect(log).toEqual([
      "created",
      "starting",
      "probed",
      "progress",
      "running",
      "token",
      "finding",
      "progress",
      // One sample is too few: the engine's own finding.
      "finding",
      "trace",
      "result",
      "succeeded"
    ])
    expect(run.progress).toEqual({ done: 2, total: 2, unit: "requests" })
    expect(run.validity.outcome).toBe("suspect")
    expect(run.traces).toEqual([{ case: "prompt", promptLength: 1, length: 1, semantics: "raw" }])
    expect(samples).toHaveLength(1)
  })

  it.each<[string, readonly unknown[], string]>([
    ["no result", [started], "it ended without a result"],
    ["nothing at all", [], "it ended without a result"],
    ["a result before started", [generateResult], 'it sent "result" before "started"'],
    ["started twice", [started, started, generateResult], 'it sent "started" twice'],
    ["two results", [started, generateResult, generateResult], 'it sent "result" after its result'],
    [
      "a measurement before started",
      [{ type: "token", index: 0, id: 1, text: null, logprob: null }],
      'it sent "token" before "started"'
    ],
    [
      "a result of another kind",
      [started, { type: "result", result: scored }],
      "it answered a generate with a score result"
    ],
    [
      "a metric that is no number",
      [
        started,
        {
          type: "result",
          result: {
            kind: "generate",
            output: { text: "", tokenIds: [] },
            metrics: { x: { value: NaN, unit: "s", definition: "x" } },
            raw: null
          }
        }
      ],
      "its result says metrics.x.value = NaN, not a finite number"
    ],
    ["an event that nobody knows", [started, { type: "whatever" }], 'it sent an event of the unknown type "whatever"'],
    ["no event", [started, null], "it sent null"]
  ])("fails with code protocol on %s", async (_, events, message) => {
    const { run } = await runOnce(() => play(...(events as RunEvent[])))
    expect(run.status).toBe("failed")
    expect(run.error).toMatchObject({ code: "protocol" })
    expect(run.error?.message).toContain(message)
  })

  it("fails by the adapter's own error, with its evidence in the log", async () => {
    const { run, log } = await runOnce(async function* () {
      yield started
      yield {
        type: "sample",
        sample: { startMs: 0, ttftMs: 1, itlMs: null, e2eMs: 2, inputTokens: 1, outputTokens: 1, error: null }
      }
      throw new AdapterError({
        reason: "crashed",
        message: "It ended.",
        hint: "Look at its log.",
        detail: "line 1\nline 2"
      })
    })
    expect(run).toMatchObject({
      status: "failed",
      error: { code: "crashed", message: "It ended.", hint: "Look at its log." }
    })
    expect(log).toEqual(["created", "starting", "probed", "running", "log", "log", "failed"])
  })

  it.each<[string, () => AsyncIterable<RunEvent>]>([
    [
      "throws at once",
      () => {
        throw new TypeError("x is not a function")
      }
    ],
    [
      "throws on the way",
      async function* () {
        yield started
        throw new TypeError("x is not a function")
      }
    ]
  ])("fails alone when its adapter %s", async (_, generate) => {
    await using studio = await open([scripted("bad", { backend: () => ({ generate }) }), scripted("good")], {
      backends: { a: { adapter: "bad" }, b: { adapter: "good" } }
    })
    const [bad, good] = await studio.generate({ backends: ["a", "b"], prompt: "p" })
    expect(bad).toMatchObject({ status: "failed", error: { code: "adapter-defect" } })
    expect(bad?.error?.message).toMatch(/^The adapter bad broke: TypeError: /u)
    expect(bad?.error?.message).not.toContain("\n")
    expect(good?.status).toBe("succeeded")
  })

  it("fails when the backend does not answer, and says so", async () => {
    const silent = scripted("s", {
      backend: () => ({
        probe: async () => ({
          reachable: false,
          server: "nothing",
          decidedBy: "connection refused",
          fingerprint: null,
          capabilities: [],
          notes: []
        })
      })
    })
    await using studio = await open([silent])
    const [run] = await studio.generate({ backends: ["a"], prompt: "p" })
    expect(run?.error).toEqual({
      code: "unreachable",
      message: "The backend does not answer: connection refused",
      hint: "Start it, or correct its URL."
    })
    expect((await studio.backends.list())[0]?.probe).toMatchObject({
      reachable: false,
      decidedBy: "connection refused"
    })
  })

  it("is ended by its timeout, and the adapter is told", async () => {
    let aborted = false
    const deaf = scripted("s", {
      backend: () => ({
        generate: (_, { signal }) => {
          signal.addEventListener("abort", () => void (aborted = true))
          return hang(signal)
        }
      })
    })
    await using studio = await open([deaf])
    const [run] = await studio.generate({ backends: ["a"], prompt: "p", timeoutMs: 50 })
    expect(run).toMatchObject({
      status: "failed",
      error: { code: "timeout", message: "The run took longer than its 0.05 s." }
    })
    expect(aborted).toBe(true)
  })

  it("slows a fast adapter down to the store's speed", async () => {
    const id = Promise.withResolvers<string>()
    await using studio = await open([
      scripted("s", {
        backend: () => ({
          async *generate() {
            yield started
            for (let index = 0; index < 3000; index++) {
              yield { type: "token", index, id: 1, text: "x", logprob: -1 }
              // Ends only when all but one batch of what was yielded is stored.
              if (index % 1000 === 999) await stored(index - 256)
            }
            yield { ...generateResult, result: { ...generated, output: { text: "", tokenIds: Array(3000).fill(1) } } }
          }
        })
      })
    ])
    const stored = async (index: number) => {
      for await (const { event } of studio.runs.events(await id.promise))
        if (event.type === "token" && event.index === index) return
    }
    id.resolve((await studio.runs.submit({ backend: "a", request: generateRequest })).id)
    const run = await studio.runs.wait(await id.promise)
    expect(run.status).toBe("succeeded")
  })
})
