import { describe, expect, it } from "vitest"
import type { RunEvent, ScoreRunResult, Send } from "../../src/adapter/Adapter.ts"
import type { SendKind } from "../../src/domain/resend.ts"
import type { RunRequest, ScoreInput } from "../../src/domain/workload.ts"
import { generateRequest, generateResult, open, play, scored, scripted, started } from "../scripted.ts"

const scoreRequest: RunRequest = {
  score: {
    query: "q",
    items: [" x", " yy", " zzz"],
    labels: [" yes"],
    labelTokenIds: null,
    applySoftmax: false,
    itemFirst: false,
    oneByOne: true,
    mask: null
  }
}

/** Scores an item by its length, so that rows in the wrong place show. */
const answer = ({ items }: ScoreInput): readonly RunEvent[] => {
  const rows = items.map((item) => [item.length / 10])
  const result: ScoreRunResult = {
    ...scored,
    items: items.map((item) => ({ text: String(item), inputIds: null })),
    scores: rows,
    logprobs: items.map((item) => [-item.length]),
    oneByOne: rows
  }
  const trace = (item: string, row: number): RunEvent => ({
    type: "trace",
    chunk: {
      case: `item-${row}`,
      promptLength: 1,
      semantics: "raw",
      from: 0,
      ids: [item.length],
      tokens: [item],
      logprobs: [null],
      ranks: null,
      top: null
    }
  })
  return [started, ...items.map((item, row) => trace(String(item), row)), { type: "result", result }]
}

const listening = () => {
  const heard: { readonly items: readonly unknown[]; readonly send: Send | undefined }[] = []
  const adapter = scripted("listening", {
    supports: { operations: ["score", "generate"], entrypoints: [], masks: [], sends: ["flushed", "batched"] },
    backend: () => ({
      score: (request, { send }) => {
        heard.push({ items: request.items, send })
        return play(...answer(request))
      },
      generate: (request, { send }) => {
        heard.push({ items: [request.prompt], send })
        return play(started, generateResult)
      }
    })
  })
  return { adapter, heard }
}

const sendAgain = async (request: RunRequest, kind: SendKind) => {
  const { adapter, heard } = listening()
  await using studio = await open([adapter])
  const first = await studio.runs.submit({ backend: "a", request })
  await studio.runs.wait(first.id)
  const resend = { of: first.id, kind, companions: kind === "batched" ? ["companion"] : [] }
  const again = await studio.runs.submit({ backend: "a", request, resend })
  const run = await studio.runs.wait(again.id)
  const traces = await Promise.all(run.traces.map(({ case: name }) => studio.runs.trace(run.id, { case: name })))
  return { run, heard: heard[1], resend, texts: traces.map(({ case: name, tokens }) => [name, tokens[0]]) }
}

describe("a request that is sent again", () => {
  it("says whose it is, and how it is sent, to the adapter and in its record", async () => {
    const { run, heard, resend } = await sendAgain(generateRequest, "batched")
    expect(run).toMatchObject({ status: "succeeded", resend })
    expect(heard?.send).toMatchObject({ kind: "batched", companions: ["companion"] })
  })

  it("is plain where it is only repeated", async () => {
    const { run, heard } = await sendAgain(scoreRequest, "repeat")
    expect(run).toMatchObject({ status: "succeeded", resend: { kind: "repeat" } })
    expect(heard?.send).toBeUndefined()
  })

  it("comes with its items in another order, and answers in the order asked", async () => {
    const { run, heard, texts } = await sendAgain(scoreRequest, "permuted")
    expect(heard).toEqual({ items: [" yy", " zzz", " x"], send: undefined })
    expect(run.score?.items.map(({ text }) => text)).toEqual([" x", " yy", " zzz"])
    expect(run.score).toMatchObject({
      scores: [[0.2], [0.3], [0.4]],
      logprobs: [[-2], [-3], [-4]],
      oneByOne: [[0.2], [0.3], [0.4]]
    })
    expect(Object.fromEntries(texts)).toEqual({ "item-0": " x", "item-1": " yy", "item-2": " zzz" })
  })

  it("is repeated in the same way", async () => {
    const { adapter } = listening()
    await using studio = await open([adapter])
    const { id: of } = await studio.runs.submit({ backend: "a", request: generateRequest })
    const resend = { of, kind: "flushed", companions: [] } as const
    const { id } = await studio.runs.submit({ backend: "a", request: generateRequest, resend })
    await studio.runs.wait(id)
    expect(await studio.runs.repeat(id)).toMatchObject({ resend })
  })

  it.each([
    ["a kind that the adapter cannot send", { kind: "streamed" }, { code: "unsupported", path: "resend.kind" }],
    ["a kind that makes no sense for it", { kind: "permuted" }, { code: "unsupported", path: "resend.kind" }],
    ["a run that is not there", { kind: "repeat", of: "nothing" }, { code: "not-found" }]
  ] as const)("is refused for %s", async (_, wrong, error) => {
    const { adapter } = listening()
    await using studio = await open([adapter])
    const { id } = await studio.runs.submit({ backend: "a", request: generateRequest })
    const resend = { of: id, companions: [], ...wrong }
    await expect(studio.runs.submit({ backend: "a", request: generateRequest, resend })).rejects.toMatchObject(error)
  })

  it("is refused where that run asked something else", async () => {
    const { adapter } = listening()
    await using studio = await open([adapter])
    const { id: of } = await studio.runs.submit({ backend: "a", request: generateRequest })
    await expect(
      studio.runs.submit({ backend: "a", request: scoreRequest, resend: { of, kind: "repeat", companions: [] } })
    ).rejects.toMatchObject({ code: "invalid-request", path: "resend.of" })
  })
})
