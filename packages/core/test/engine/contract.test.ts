import { describe, expect, it } from "vitest"
import type { Backend, RunEvent } from "../../src/adapter/Adapter.ts"
import { AdapterError } from "../../src/adapter/AdapterError.ts"
import {
  benchmarkRequest,
  generated,
  generateRequest,
  generateResult,
  open,
  play,
  probeOf,
  scored,
  scripted,
  started
} from "../scripted.ts"

type Told = readonly unknown[]

const runOf = async (backend: Partial<Backend>, request = generateRequest) => {
  await using studio = await open([scripted("acme", { backend: () => backend })])
  const { id } = await studio.runs.submit({ backend: "a", request, timeoutMs: 20_000 })
  return await studio.runs.wait(id)
}
const scoreRequest = {
  score: {
    query: "q",
    items: [" x"],
    labels: [" yes"],
    labelTokenIds: null,
    applySoftmax: false,
    itemFirst: false,
    oneByOne: false,
    mask: null
  }
}
const answers = (...told: Told) => play(...(told as readonly RunEvent[]))
const generation = (...told: Told) => runOf({ generate: () => answers(started, ...told) })
const score = (...told: Told) => runOf({ score: () => answers(started, ...told) }, scoreRequest)
const benchmark = (...told: Told) => runOf({ benchmark: () => answers(started, ...told) }, benchmarkRequest)

const result = (changes: object) => ({ type: "result", result: { ...generated, ...changes } })
const scoreOf = (changes: object) => ({ type: "result", result: { ...scored, ...changes } })
const token = (changes: object) => ({ type: "token", index: 0, id: 1, text: "a", logprob: -1, ...changes })
const finding = (changes: object) => ({
  type: "finding",
  finding: { code: "drift", severity: "info", message: "m", evidence: {}, ...changes }
})
const trace = (changes: object) => ({
  type: "trace",
  chunk: {
    case: "prompt",
    promptLength: 2,
    semantics: "raw",
    from: 0,
    ids: [5, 6],
    tokens: ["a", "b"],
    logprobs: [null, -1],
    ranks: null,
    top: null,
    ...changes
  }
})
const sample = (changes: object) => ({
  type: "sample",
  sample: { startMs: 0, ttftMs: 1, itlMs: null, e2eMs: 2, inputTokens: 1, outputTokens: 1, error: null, ...changes }
})
const circle: { itself?: unknown } = {}
circle.itself = circle

describe("what breaks the contract is the adapter's fault, by event, field and value", () => {
  it.concurrent.each<[() => Promise<{ status: string; error: unknown }>, string]>([
    [
      () => generation(trace({ logprobs: [null, NaN] })),
      'its trace "prompt" says logprobs[1] = NaN, not null or a fin'
    ],
    [() => generation(trace({ logprobs: [null, -Infinity] })), "logprobs[1] = -Infinity, not null or a finite number"],
    [() => generation(trace({ logprobs: Float64Array.of(-1, NaN) })), "logprobs[1] = NaN"],
    [() => generation(trace({ logprobs: [null, 0.5] })), "logprobs[1] = 0.5, not null or a finite number up to 0"],
    [() => generation(trace({ logprobs: [null] })), "logprobs.length = 1, not 2, as many as `ids`"],
    [() => generation(trace({ case: "bogus" })), 'its trace "bogus" says case = "bogus", not "prompt"'],
    [() => generation(trace({ ranks: [0, 1] })), "ranks[0] = 0, not null or a whole number from 1"],
    [() => generation(trace({ from: 3 })), "from = 3, not 0, the next position"],
    [() => generation(trace({ top: { k: 1, ids: [[1], [2]], logprobs: [[-1], [0.5]] } })), "top.logprobs[1][0] = 0.5"],
    [() => generation(trace({ top: { k: 1, ids: [[1], [2, 3]], logprobs: [[-1], [-1]] } })), "top.ids[1].length = 2"],
    [() => score(trace({ case: "item-9" })), 'says case = "item-9", not "item-0"'],
    [() => generation(token({ index: undefined })), "its token says index = undefined, not a whole number from 0"],
    [() => generation(token({ text: undefined })), "its token says text = undefined, not a text or null"],
    [() => generation(token({ logprob: NaN })), "its token says logprob = NaN"],
    [() => generation(token({ index: 1 })), "its token says index = 1, not 0, the next"],
    [
      () => generation(token({ id: 4 }), generateResult),
      "its 1 live tokens are not the 1 of its output: token 0 was 4 and is 1"
    ],
    [() => generation(token({}), token({ index: 1 }), generateResult), "its 2 live tokens are not the 1 of its output"],
    [() => generation(finding({ code: "own-code" })), 'its finding says code = "own-code", not out of nonfinite-json'],
    [() => generation(finding({ severity: "fatal" })), 'severity = "fatal", not info, warning or error'],
    [() => generation(finding({ evidence: { n: 1n } })), "its finding says evidence.n = 1n, not a JSON value"],
    [() => benchmark(sample({ e2eMs: NaN })), "its sample says e2eMs = NaN, not null or a time from 0 ms"],
    [() => benchmark(sample({ itlMs: [1, -1] })), "itlMs[1] = -1, not a time from 0 ms"],
    [() => benchmark(sample({ error: undefined })), "error = undefined, not a text or null"],
    [() => generation({ type: "progress", done: NaN, total: null, unit: "x" }), "its progress says done = NaN"],
    [() => score(scoreOf({ scores: [[1.5]] })), "scores[0][0] = 1.5, not a probability from 0 to 1"],
    [() => score(scoreOf({ scores: [[0.5, 0.5]] })), "scores[0].length = 2, not 1, a column for each label"],
    [() => score(scoreOf({ scores: [] })), "scores.length = 0, not 1, a row for each item of the request"],
    [() => score(scoreOf({ labels: [] })), "labels.length = 0, not 1, one for each label of the request"],
    [() => score(scoreOf({ labels: undefined })), "labels = undefined, not a list"],
    [() => score(scoreOf({ logprobs: [[0.5]] })), "logprobs[0][0] = 0.5, not a finite number up to 0"],
    [() => score(scoreOf({ oneByOne: [[NaN]] })), "oneByOne[0][0] = NaN"],
    [() => generation(result({ raw: { n: 1n } })), "its result says raw.n = 1n, not a JSON value"],
    [() => generation(result({ raw: circle })), "not so deep: it may hold itself"],
    [() => generation(result({ raw: { f: () => 1 } })), "its result says raw.f = a function, not a JSON value"],
    [() => generation(result({ raw: new Date(0) })), 'raw = "[object Date]", not a plain object'],
    [() => generation(result({ raw: undefined })), "raw = undefined, not a JSON value"],
    [() => generation(result({ output: "hello" })), 'output = "hello", not { text, tokenIds }'],
    [() => generation(result({ metrics: undefined })), "metrics = undefined, not an object of metrics"],
    [() => generation({ type: "result" }), "its result is undefined"],
    [
      () =>
        generation({
          type: "finding",
          get finding() {
            throw new Error("no")
          }
        }),
      "what it sent cannot be read: Error: no"
    ],
    [() => runOf({ probe: async () => ({ ok: true }) as never }), "its probe says reachable = undefined, not true or"],
    [
      () => runOf({ probe: async () => probeOf("e", { capabilities: [{ operation: "fly" }] as never }) }),
      'its probe says capabilities[0].operation = "fly", not out of tokenize'
    ],
    [() => runOf({ probe: async () => undefined as never }), "its probe says undefined, not an object"],
    [() => runOf({ generate: () => undefined as never }), "it gave undefined instead of an async iterable"],
    [() => runOf({ generate: (() => Promise.resolve([])) as never }), "it gave {} instead of an async iterable"],
    [
      () => runOf({ generate: () => ({ [Symbol.asyncIterator]: () => ({ next: async () => undefined }) }) as never }),
      "it gave an iterator whose next() gives undefined"
    ],
    [() => runOf({ close: undefined as never }), 'its backend has no member "close"']
  ])("$1", async (run, message) => {
    const { status, error } = await run()
    expect({ status, error }).toMatchObject({ status: "failed", error: { code: "protocol" } })
    expect((error as Error).message).toContain("The adapter acme broke the protocol: ")
    expect((error as Error).message).toContain(message)
  })

  it("an error without a reason of the contract is a defect of the adapter", async () => {
    const odd = new AdapterError({ reason: "odd" as "crashed", message: "It is odd.", hint: "" })
    const { error } = await runOf({ probe: () => Promise.reject(odd) })
    expect(error).toMatchObject({ code: "adapter-defect", message: "The adapter acme broke: AdapterError: It is odd." })
  })
})

describe("what the contract allows", () => {
  it("is taken: a rounded 1 and its logarithm, typed arrays, and more than the contract names", async () => {
    const told = scoreOf({
      scores: [Float64Array.of(1 + 1e-7)],
      logprobs: [[1e-7]],
      items: [{ text: null, inputIds: Int32Array.of(1, 2), extra: 1 }],
      raw: { list: Float64Array.of(1, 2), none: null }
    })
    const run = await score(trace({ case: "item-0", logprobs: [null, 1e-7], extra: 1n }), told)
    expect(run).toMatchObject({
      status: "succeeded",
      score: { scores: [[1 + 1e-7]], items: [{ inputIds: [1, 2] }] },
      rawMetrics: { list: [1, 2], none: null }
    })
  })

  it("is taken without what it does not name", async () => {
    const run = await generation(token({ extra: 1n }), finding({ extra: 1n }), generateResult)
    expect(run).toMatchObject({ status: "succeeded", validity: { outcome: "valid" } })
  })
})

describe("an adapter that never lets go", () => {
  const logOf = async (backend: Partial<Backend>, act: "timeout" | "cancel" | "wait") => {
    await using studio = await open([scripted("acme", { backend: () => backend })])
    const { id } = await studio.runs.submit({
      backend: "a",
      request: generateRequest,
      ...(act === "timeout" && { timeoutMs: 100 })
    })
    if (act === "cancel") void studio.runs.cancel(id)
    const run = await studio.runs.wait(id)
    const lines: string[] = []
    for await (const { event } of studio.runs.events(id)) if (event.type === "log") lines.push(event.line)
    return { status: run.status, code: run.error?.code, lines }
  }
  const never = () => new Promise<never>(() => {})
  const left = "The adapter acme did not close its backend within 5 s; it is left behind."
  const deaf = "The adapter did not stop within 5 s of being told to; its processes are killed."
  async function* waits(): AsyncGenerator<RunEvent> {
    yield started
    await never()
  }

  it.concurrent.each<[string, Partial<Backend>, "timeout" | "cancel" | "wait", object]>([
    ["close", { close: never }, "wait", { status: "succeeded", code: undefined, lines: [left] }],
    ["close", { close: never }, "timeout", { status: "succeeded", code: undefined, lines: [left] }],
    ["close", { close: never, probe: never }, "timeout", { status: "failed", code: "timeout", lines: [deaf, left] }],
    ["operation", { generate: waits }, "timeout", { status: "failed", code: "timeout", lines: [deaf] }],
    ["probe", { probe: never }, "cancel", { status: "cancelled", code: undefined, lines: [deaf] }],
    [
      "close that fails",
      { close: () => Promise.reject(new TypeError("x")) },
      "wait",
      {
        status: "succeeded",
        code: undefined,
        lines: ["The adapter acme failed to close its backend: TypeError: x"]
      }
    ]
  ])("a %s is given up on: %j, %s", async (_, backend, act, told) => {
    expect(await logOf(backend, act)).toEqual(told)
  })
})
