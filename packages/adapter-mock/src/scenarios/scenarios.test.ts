import type { Context, RunEvent, ScoreRequest, Send, TraceChunk } from "@sglang-studio/core/adapter"
import * as fc from "fast-check"
import { describe, expect, test } from "vitest"
import { mockAdapter } from "../index.ts"
import { parseSpec } from "../parseSpec.ts"
import { toBf16 } from "./bf16.ts"

const logged: string[] = []
const context = (signal = new AbortController().signal, send?: Send): Context =>
  ({ runId: "r", signal, workDir: "", log: (line: string) => logged.push(line), send }) as never
const sent = (kind: Send["kind"], companions: Send["companions"] = []): Context =>
  context(undefined, { kind, companions })

const open = async (spec: string) => {
  const checked = await mockAdapter.config["~standard"].validate(parseSpec(spec))
  if (checked.issues !== undefined) throw new Error(JSON.stringify(checked.issues))
  return mockAdapter.open(checked.value)
}

const request = (change: Partial<ScoreRequest> = {}): ScoreRequest => ({
  query: "The policy says that a refund takes a week. Does the item agree?",
  items: [" The money comes back soon.", " Our shop opens at nine.", " I like the blue car."],
  labels: [" yes", " no"],
  labelTokenIds: null,
  applySoftmax: false,
  itemFirst: false,
  oneByOne: true,
  mask: null,
  ...change
})

const collect = async (events: AsyncIterable<RunEvent> | undefined) => {
  const all: RunEvent[] = []
  for await (const event of events ?? []) all.push(event)
  return all
}

const score = async (spec: string, asked = request(), lent = context()) => {
  const events = await collect((await open(spec)).score?.(asked, lent))
  const result = events.flatMap((event) =>
    event.type === "result" && event.result.kind === "score" ? event.result : []
  )[0]
  if (result === undefined) throw new Error("no score")
  return { events, ...result, traces: events.flatMap((event) => (event.type === "trace" ? event.chunk : [])) }
}

/** |d ln p| of all positions that both have, laid against each other from their ends. */
const deltas = (a: readonly TraceChunk[], b: readonly TraceChunk[]): number[] =>
  a.flatMap((chunk, index) => {
    const left = Array.from(chunk.logprobs)
    const right = Array.from(b[index]?.logprobs ?? [])
    return left.flatMap((value, at) => {
      const other = right[right.length - left.length + at]
      return value === null || other === null || other === undefined ? [] : [Math.abs(value - other)]
    })
  })
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

describe("clean", () => {
  test("is the same for every seed without noise, and the same to the last bit for one seed with it", async () => {
    const [one, two] = await Promise.all([score("clean,seed=1"), score("clean,seed=2")])
    expect(one.events).toEqual(two.events)
    const noisy = await Promise.all([1, 1, 2].map((seed) => score(`clean,noise=fp32,seed=${seed}`)))
    expect(noisy[0]?.events).toEqual(noisy[1]?.events)
    expect(noisy[0]?.events).not.toEqual(noisy[2]?.events)
  })

  test("scores are exp of the logprobs, or shares of the labels", async () => {
    const raw = await score("clean")
    raw.scores.forEach((row, item) =>
      row.forEach((value, label) => expect(value).toBe(Math.exp(raw.logprobs?.[item]?.[label] ?? NaN)))
    )
    const soft = await score("clean", request({ applySoftmax: true }))
    for (const [item, row] of soft.scores.entries()) {
      expect((row[0] ?? 0) + (row[1] ?? 0)).toBeCloseTo(1, 12)
      const [yes = 0, no = 1] = raw.scores[item] ?? []
      expect(row[0]).toBeCloseTo(yes / (yes + no), 12)
    }
    expect(raw.oneByOne).toEqual(raw.scores)
  })

  test("traces begin with BOS, have 20 alternatives, and ranks that agree with them", async () => {
    const { traces, items } = await score("clean")
    expect(traces.map((chunk) => chunk.case)).toEqual(["item-0", "item-1", "item-2"])
    for (const [index, { ids, tokens, logprobs, ranks, top, promptLength }] of traces.entries()) {
      expect(tokens.slice(0, 4)).toEqual(["<s>", "The", " policy", " say"])
      expect(promptLength).toBe(ids.length)
      expect(items[index]?.inputIds).toEqual(ids)
      expect(logprobs[0]).toBeNull()
      for (let at = 1; at < ids.length; at++) {
        const best = top?.ids[at] ?? []
        expect(best).toHaveLength(20)
        const place = best.indexOf(ids[at] ?? -1)
        expect(place === -1 ? (ranks?.[at] ?? 0) > 20 : ranks?.[at] === place + 1).toBe(true)
      }
    }
  })

  test("ids stand for the text that they came from", async () => {
    const text = await score("clean")
    const ids = await score(
      "clean",
      request({ query: text.items[0]?.inputIds?.slice(0, 4) ?? [], items: [text.items[0]?.inputIds?.slice(4) ?? []] })
    )
    expect(ids.logprobs?.[0]).toEqual(text.logprobs?.[0])
  })

  test("a label of several tokens is refused with its pieces", async () => {
    await expect(score("clean", request({ labels: [" yes", " naïvely"] }))).rejects.toThrowErrorMatchingInlineSnapshot(
      `[AdapterError: The label " naïvely" is 6 tokens: " " (258) "na" (3425) "<0xC3>" (197) "<0xAF>" (177) "ve" (3629) "ly" (2983).]`
    )
    await expect(
      score("clean", request({ labels: null, labelTokenIds: [99_999] }))
    ).rejects.toThrowErrorMatchingInlineSnapshot(`[AdapterError: Token id 99999 is outside of the mock's vocabulary.]`)
  })
})

describe("what a scenario plants shows where it should, and nowhere else", async () => {
  const clean = await score("clean")

  test("noise is as small as its number format", async () => {
    const fp32 = deltas(clean.traces, (await score("clean,noise=fp32")).traces)
    expect(Math.max(...fp32)).toBeLessThan(2e-5)
    expect(mean(fp32)).toBeGreaterThan(1e-8)
    const bf16 = deltas(clean.traces, (await score("clean,noise=bf16")).traces)
    expect(mean(bf16)).toBeGreaterThan(0.003)
    expect(mean(bf16)).toBeLessThan(0.03)
  })

  test("bos-missing: one token less in front, other logprobs everywhere", async () => {
    const { traces } = await score("bos-missing")
    expect(Array.from(traces[0]?.ids ?? [])).toEqual(Array.from(clean.traces[0]?.ids ?? []).slice(1))
    const found = deltas(traces, clean.traces)
    expect(found.every((delta) => delta > 0)).toBe(true)
    expect(mean(found)).toBeGreaterThan(0.1)
  })

  test("bf16: on the grid, or as far off without it", async () => {
    const onGrid = await score("bf16")
    const offGrid = await score("bf16,grid=false")
    const values = (traces: readonly TraceChunk[]) =>
      traces.flatMap(({ logprobs }) => Array.from(logprobs).flatMap((value) => value ?? []))
    expect(values(onGrid.traces).every((value) => value === toBf16(value))).toBe(true)
    expect(values(offGrid.traces).some((value) => value === toBf16(value))).toBe(false)
    for (const { traces } of [onGrid, offGrid]) {
      const found = deltas(clean.traces, traces)
      expect(mean(found)).toBeGreaterThan(0.003)
      expect(mean(found)).toBeLessThan(0.03)
    }
  })

  test("batch-dependent: rows after the first are wrong, alone and in traces all is right", async () => {
    const hit = await score("batch-dependent")
    expect(hit.traces).toEqual(clean.traces)
    expect(hit.oneByOne).toEqual(clean.scores)
    expect(hit.scores[0]).toEqual(clean.scores[0])
    for (const row of [1, 2])
      expect(Math.abs((hit.logprobs?.[row]?.[0] ?? 0) - (clean.logprobs?.[row]?.[0] ?? 0))).toBeGreaterThan(0.01)
  })

  test("perturbed: beyond fp32 at every trace, yet mostly the same tokens", async () => {
    const { traces } = await score("perturbed")
    for (const [index, trace] of traces.entries())
      expect(mean(deltas([clean.traces[index] as TraceChunk], [trace]))).toBeGreaterThan(0.001)
    const agree = traces.flatMap(({ top }, index) =>
      (top?.ids ?? []).slice(1).map((row, at) => row[0] === clean.traces[index]?.top?.ids[at + 1]?.[0])
    )
    expect(agree.filter(Boolean).length / agree.length).toBeGreaterThan(0.9)
    expect(mean(deltas((await score("perturbed,value=1.1")).traces, clean.traces))).toBeGreaterThan(
      mean(deltas(traces, clean.traces))
    )
  })
})

describe("what a scenario plants in one place", async () => {
  const clean = await score("clean")
  const values = ({ logprobs }: TraceChunk) => Array.from(logprobs)

  test("near-tie: some best tokens change places, nothing moves far", async () => {
    const events = (spec: string) => generated(spec, { maxNewTokens: 200, topLogprobs: 2 })
    const [sound, tied] = await Promise.all([events("clean"), events("near-tie")])
    expect(tied.tokenIds).not.toEqual(sound.tokenIds)
    const split = sound.tokenIds.findIndex((id, index) => id !== tied.tokenIds[index])
    expect(tied.top[split]?.toSorted()).toEqual(sound.top[split]?.toSorted())
    expect(Math.abs((tied.logprobs[split] ?? 0) - (sound.logprobs[split] ?? 1))).toBeLessThan(0.006)
    expect(Math.max(...deltas(clean.traces, (await score("near-tie")).traces))).toBeLessThan(0.006)
  })

  test("temperature: gaps between tokens are wider by one factor", async () => {
    const { traces } = await score("temperature,value=0.5")
    const gap = ({ top }: TraceChunk) => (top?.logprobs[5]?.[0] ?? 0) - (top?.logprobs[5]?.[1] ?? 0)
    const [sound, scaled] = [clean.traces[0], traces[0]]
    expect(gap(scaled as TraceChunk)).toBeCloseTo(2 * gap(sound as TraceChunk), 9)
    expect(scaled?.semantics).toBe("raw")
  })

  test("tokenizer: the same text as other ids", async () => {
    const { traces } = await score("tokenizer")
    expect(traces[0]?.tokens.join("")).toBe(clean.traces[0]?.tokens.join(""))
    expect(traces[0]?.ids).not.toEqual(clean.traces[0]?.ids)
  })

  test("truncated: the end of the prompt, and nothing before it", async () => {
    const { traces } = await score("truncated,value=8")
    expect(traces[0]?.ids).toEqual(Array.from(clean.traces[0]?.ids ?? []).slice(-8))
  })

  test("position-locked: right before the index, off from there on", async () => {
    const { traces } = await score("position-locked,at=10")
    const [sound, locked] = [values(clean.traces[0] as TraceChunk), values(traces[0] as TraceChunk)]
    expect(locked.slice(0, 10)).toEqual(sound.slice(0, 10))
    expect(locked.slice(10).every((value, index) => value !== sound[10 + index])).toBe(true)
  })
})

describe("what depends on how a request is sent", async () => {
  const clean = await score("clean")
  const prompt = async (spec: string, lent: Context) => {
    const asked = { prompt: "Once there was", inputIds: null, maxNewTokens: 8, temperature: 0, seed: 1, topLogprobs: 5 }
    const events = await collect((await open(spec)).generate?.(asked, lent))
    return events.flatMap((event) => (event.type === "trace" ? event.chunk : []))
  }
  const plain = await prompt("clean", context())
  const kinds = ["repeat", "flushed", "streamed", "completions", "batched"] as const

  test.each(["clean", "perturbed", "batch-dependent"])("%s: alone, nothing does", async (spec) => {
    const ordinary = await prompt(spec, context())
    for (const kind of kinds) expect(await prompt(spec, sent(kind))).toEqual(ordinary)
  })

  test("batch-dependent: a prompt behind companions is off, other companions move it elsewhere", async () => {
    const [one, two] = await Promise.all(
      [["a"], ["a", "b"]].map((others) => prompt("batch-dependent", sent("batched", others)))
    )
    expect(Math.min(...deltas(plain, one ?? []))).toBeGreaterThan(0)
    expect(Math.max(...deltas(plain, one ?? []))).toBeGreaterThan(0.5)
    expect(Math.max(...deltas(one ?? [], two ?? []))).toBeGreaterThan(0.5)
    expect(await prompt("clean", sent("batched", ["a", "b"]))).toEqual(plain)
  })

  test("batch-dependent: a batch of one is right for every item", async () => {
    const alone = await score("batch-dependent", request(), sent("batch-of-1"))
    expect(alone.scores).toEqual(clean.scores)
    expect(alone.oneByOne).toEqual(clean.oneByOne)
  })

  test("cache-dependent: off behind the cached prefix until the cache is flushed", async () => {
    const cached = await prompt("cache-dependent,at=2", context())
    const found = deltas(plain, cached)
    expect(found[0]).toBe(0)
    expect(found.slice(1).every((delta) => delta > 0)).toBe(true)
    expect(await prompt("cache-dependent,at=2", sent("repeat"))).toEqual(cached)
    expect(await prompt("cache-dependent,at=2", sent("flushed"))).toEqual(plain)
    expect((await score("cache-dependent", request(), sent("flushed"))).scores).toEqual(clean.scores)
    expect((await score("cache-dependent")).scores).not.toEqual(clean.scores)
  })

  test.each(["batch-dependent", "cache-dependent", "position-locked,at=3", "perturbed"])(
    "%s: another seed, other numbers",
    async (spec) => {
      const [one, again, other] = await Promise.all(
        [1, 1, 2].map((seed) => prompt(`${spec},seed=${seed}`, sent("batched", ["a"])))
      )
      expect(one).toEqual(again)
      expect(Math.max(...deltas(one ?? [], other ?? []))).toBeGreaterThan(0.001)
    }
  )
})

describe("masks", () => {
  const masked = request({ mask: { preset: "custom", matrix: [[1]] } })

  test("are refused with a finding where they cannot be applied", async () => {
    const seen: RunEvent[] = []
    const run = async () => {
      for await (const event of (await open("clean")).score?.(masked, context()) ?? []) seen.push(event)
    }
    await expect(run()).rejects.toMatchObject({ reason: "unsupported" })
    expect(seen).toMatchObject([{ type: "finding", finding: { code: "mask-unsupported" } }])
  })

  test("mask-ignored takes any, and answers as if there were none", async () => {
    expect((await score("mask-ignored", masked)).scores).toEqual((await score("clean")).scores)
  })
})

/** A greedy generation after one prompt. */
const generated = async (spec: string, change: object) => {
  const asked = {
    prompt: "Once there was",
    inputIds: null,
    maxNewTokens: 8,
    temperature: 0,
    seed: 1,
    topLogprobs: 5,
    ...change
  }
  const events = await collect((await open(spec)).generate?.(asked, context()))
  const chunk = events.flatMap((event) => (event.type === "trace" && event.chunk.from > 0 ? event.chunk : []))[0]
  return {
    tokenIds: Array.from(chunk?.ids ?? []),
    top: chunk?.top?.ids ?? [],
    logprobs: Array.from(chunk?.logprobs ?? [])
  }
}

describe("run faults", () => {
  test("crash dies once the run has begun, with the reason", async () => {
    const seen: string[] = []
    const run = async () => {
      for await (const event of (await open("crash")).score?.(request(), context()) ?? []) seen.push(event.type)
    }
    await expect(run()).rejects.toMatchObject({ _tag: "AdapterError", reason: "crashed" })
    expect(seen[0]).toBe("started")
    expect(seen).not.toContain("result")
  })

  test("hang says a line, starts, and ends only by abort", async () => {
    const controller = new AbortController()
    const iterator = (await open("hang")).score?.(request(), context(controller.signal))[Symbol.asyncIterator]()
    expect((await iterator?.next())?.value).toEqual({ type: "started" })
    expect(logged.at(-1)).toBe("mock engine: request taken, no answer will follow")
    const next = iterator?.next()
    controller.abort()
    expect(await next).toEqual({ done: true, value: undefined })
  })

  test("slow tells how far it is, and answers like a clean one", async () => {
    const { events, scores } = await score("slow,value=0.1")
    expect(events.filter(({ type }) => type === "progress").length).toBeGreaterThan(99)
    expect(scores).toEqual((await score("clean")).scores)
  })
})

describe("generate", () => {
  const generate = async (spec: string, change = {}) => {
    const asked = {
      prompt: "The quick brown fox",
      inputIds: null,
      maxNewTokens: 24,
      temperature: 0,
      seed: 1,
      topLogprobs: 5,
      ...change
    }
    return collect((await open(spec)).generate?.(asked, context()))
  }
  const output = (events: readonly RunEvent[]) =>
    events.flatMap((event) =>
      event.type === "result" && event.result.kind === "generate" ? event.result.output : []
    )[0]

  test("greedy takes the most likely token each time", async () => {
    const events = await generate("clean")
    const generated = events.flatMap((event) => (event.type === "trace" && event.chunk.from > 0 ? event.chunk : []))[0]
    expect(generated?.ids).toEqual(generated?.top?.ids.map(([best]) => best))
    expect(new Set(generated?.ranks)).toEqual(new Set([1]))
    expect(output(events)?.text).toMatchInlineSnapshot(
      `" how take also sometimes new yes! angle so father set called see ocean arms her today also been this another than made first"`
    )
  })

  test("sampling is drawn from the request's seed", async () => {
    const [a, b, c] = await Promise.all([1, 1, 2].map((seed) => generate("clean", { temperature: 1, seed })))
    expect(output(a ?? [])).toEqual(output(b ?? []))
    expect(output(a ?? [])).not.toEqual(output(c ?? []))
    expect(output(a ?? [])).not.toEqual(output(await generate("clean")))
  })

  test("any request survives JSON and ends in one result", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ minLength: 1 }),
        fc.integer({ min: 0, max: 6 }),
        fc.integer({ min: 0, max: 8 }),
        async (prompt, maxNewTokens, topLogprobs) => {
          const events = await generate("bf16", { prompt, maxNewTokens, topLogprobs })
          expect(JSON.parse(JSON.stringify(events))).toEqual(events)
          expect(output(events)?.tokenIds).toHaveLength(maxNewTokens)
        }
      ),
      { numRuns: 30 }
    )
  })
})
