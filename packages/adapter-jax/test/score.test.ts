import { twoItems as request } from "@sglang-studio/sglang-wire/testing"
import { describe, expect, test } from "vitest"
import { json, recorded, replayed } from "./backend.ts"

describe("score on a recorded SGLang-JAX", () => {
  test("label texts become ids, scores come with a trace of every item and with the items alone", async () => {
    await using backend = await replayed()
    const { events, error, artifacts } = await backend.attempt(({ score }, context) => score?.(request, context))
    expect(error).toBeNull()
    expect(events.map(({ type }) => type)).toEqual([
      "started",
      "progress",
      "trace",
      "progress",
      "trace",
      "progress",
      "finding",
      "progress",
      "progress",
      "result"
    ])
    expect(events.at(-1)).toMatchObject({
      result: {
        kind: "score",
        items: [
          { text: " a joke.", inputIds: [550, 1837, 1126, 261, 709, 307, 260, 511, 1220, 16] },
          { text: " an old story.", inputIds: [550, 1837, 1126, 261, 709, 307, 286, 1013, 358, 588, 16] }
        ],
        labels: [
          { text: " and", id: 300 },
          { text: " of", id: 281 }
        ],
        scores: [
          [0.00012120383506899794, 0.00013566575883525048],
          [expect.any(Number), expect.any(Number)]
        ],
        logprobs: [
          [-9.018035888671875, -8.905317306518555],
          [expect.any(Number), expect.any(Number)]
        ],
        oneByOne: [[0.00012120383506899794, 0.00013566575883525048], expect.any(Array)]
      }
    })
    expect(events.filter(({ type }) => type === "finding")).toMatchObject([
      { finding: { code: "compile-miss", severity: "info", evidence: { cache_miss_count: 2 } } }
    ])
    expect([...artifacts.keys()]).toEqual(["score-exchange.json"])
  })

  test("a label's score is the probability that its trace has at the end of the prompt", async () => {
    await using backend = await replayed()
    const { events } = await backend.attempt(({ score }, context) => score?.(request, context))
    const result = events.at(-1)
    if (result?.type !== "result" || result.result.kind !== "score") throw new Error("no result")
    const { scores, logprobs } = result.result
    scores.flat().forEach((score, index) => expect(Math.exp(logprobs?.flat()[index] ?? 0)).toBeCloseTo(score, 8))
  })

  test("the items are sent in one request, then one at a time", async () => {
    await using backend = await replayed()
    await backend.attempt(({ score }, context) => score?.(request, context))
    const sent = backend.server.asked.filter(({ path }) => path === "/v1/score").map(({ request: body }) => body)
    expect(sent).toMatchObject([{ items: request.items }, { items: [" a joke."] }, { items: [" an old story."] }])
  })

  test("ids with the item first, without the items alone", async () => {
    await using backend = await replayed()
    const byIds = {
      ...request,
      query: [268, 14, 291, 16, 399],
      items: [
        [365, 91],
        [638, 29, 360]
      ],
      labels: null,
      labelTokenIds: [260, 16],
      itemFirst: true,
      oneByOne: false
    }
    const { events } = await backend.attempt(({ score }, context) => score?.(byIds, context))
    expect(events.at(-1)).toMatchObject({
      result: {
        items: [
          { text: null, inputIds: [365, 91, 268, 14, 291, 16, 399] },
          { inputIds: [638, 29, 360, 268, 14, 291, 16, 399] }
        ],
        oneByOne: null
      }
    })
  })

  test("a label of two tokens is refused with its pieces, before anything is measured", async () => {
    await using backend = await replayed()
    const { events, error } = await backend.attempt(({ score }, context) =>
      score?.({ ...request, labels: [" and of"] }, context)
    )
    expect(events).toEqual([])
    expect(error).toMatchObject({
      reason: "invalid-request",
      message: 'labels[0]: " and of" is 2 tokens: " and" (300) + " of" (281)'
    })
  })

  test("a label beyond the vocabulary is the server's to refuse, before a trace could kill it", async () => {
    await using backend = await replayed()
    const { error } = await backend.attempt(({ score }, context) =>
      score?.({ ...request, labels: null, labelTokenIds: [1, 50000] }, context)
    )
    expect(error?.message).toBe(
      "The server answered POST /v1/score with 400: Token ID 50000 is out of vocabulary (vocab size: 2048)"
    )
    expect(backend.server.asked.some(({ path }) => path === "/generate")).toBe(false)
  })

  test("a mask that nobody applies fails the run, with a finding that says so", async () => {
    await using backend = await replayed()
    const masked = { ...request, mask: { preset: "doc-isolation", matrix: null } as const }
    const { events, error } = await backend.attempt(({ score }, context) => score?.(masked, context))
    expect(events).toMatchObject([{ type: "finding", finding: { code: "mask-unsupported", severity: "error" } }])
    expect(error).toMatchObject({ reason: "unsupported", detail: "mask-unsupported" })
  })

  test("no item: refused, and the server is asked for nothing but its name", async () => {
    await using backend = await replayed()
    const { error } = await backend.attempt(({ score }, context) => score?.({ ...request, items: [] }, context))
    expect(error?.message).toBe("items: is empty")
    expect(backend.server.asked.every(({ method }) => method === "GET")).toBe(true)
  })

  test.each([
    ["too few rows", { scores: [[0.1, 0.2]] }, "should hold 2 rows of scores"],
    ["too few columns", { scores: [[0.1], [0.2]] }, "should hold a row of 2 scores"],
    [
      "a score below 0",
      {
        scores: [
          [0.1, 0.2],
          [-0.5, 0.2]
        ]
      },
      "should hold probabilities, from 0 to 1, but has [-0.5,0.2]"
    ],
    [
      "a score above 1",
      {
        scores: [
          [1.5, 0],
          [0, 0]
        ]
      },
      "should hold probabilities, from 0 to 1, but has [1.5,0]"
    ],
    ["a score that is no number", '{"scores": [[0.1, NaN], [0.2, 0.3]]}', "should hold a finite score"]
  ])("%s are refused", async (_, body, message) => {
    await using backend = await replayed([json("POST", "/v1/score", body)])
    const { error } = await backend.attempt(({ score }, context) => score?.(request, context))
    expect(error).toMatchObject({ reason: "protocol", message: expect.stringContaining(message) })
  })

  test("a BOS that the tokenizer adds is not taken for a part of the label", async () => {
    const prompt = (text: string, ids: readonly number[]) => ({
      ...json("POST", "/generate", {
        text: "",
        output_ids: [],
        meta_info: { input_token_logprobs: ids.map((id) => [null, id, null]), completion_tokens: 1 }
      }),
      request: {
        text,
        sampling_params: { temperature: 0, max_new_tokens: 1 },
        return_logprob: true,
        logprob_start_len: 0
      }
    })
    await using backend = await replayed([prompt("a", [1, 97]), prompt("b", [1, 98]), prompt(" and", [1, 300])])
    expect(
      await backend.ask(({ tokenize }, context) => tokenize?.([" and", ""], context) ?? Promise.resolve([]))
    ).toEqual([[300], []])
  })

  test("a server without a tokenizer takes label ids only", async () => {
    const found = recorded.find(({ path }) => path === "/get_server_info")
    const info = JSON.parse(found?.body ?? "{}")
    await using backend = await replayed([json("GET", "/get_server_info", { ...info, skip_tokenizer_init: true })])
    const { error } = await backend.attempt(({ score }, context) => score?.(request, context))
    expect(error).toMatchObject({ reason: "unsupported", hint: "Give labels, query and items as token ids." })
  })
})
