import { describe, expect, test } from "vitest"
import type { Sample } from "../domain/sample.ts"
import { makeXoshiro } from "../math/Xoshiro.ts"
import { sampleFindings } from "./sampleFindings.ts"

interface Load {
  readonly requests?: number
  /** Requests in flight; 0 sends all at once. */
  readonly concurrency?: number
  readonly outputTokens?: number
  /** Factor on the times of the k-th of n requests. */
  readonly pace?: (k: number, n: number) => number
  readonly seed?: number
  /** As the engines' own benchmarks tell it: no starts and no ends. */
  readonly blind?: boolean
}

/** A closed loop of one-batch servers: 20 ms to the first token, 10 ms per token, 5 % noise on each request. */
const requests = ({
  requests: n = 256,
  concurrency = 1,
  outputTokens = 16,
  pace = () => 1,
  seed = 1,
  blind = false
}: Load): readonly Sample[] => {
  const random = makeXoshiro(seed)
  const noise = () => 1 + 0.05 * (random.int(2001) / 1000 - 1)
  const free: number[] = Array.from({ length: concurrency === 0 ? 8 : concurrency }, () => 0)
  return Array.from({ length: n }, (_, k) => {
    const lane = free.indexOf(Math.min(...free))
    const factor = pace(k, n) * noise()
    const from = free[lane]!
    const startMs = concurrency === 0 ? 0 : from
    const ttftMs = from - startMs + 20 * factor
    const gap = 10 * factor
    const e2eMs = ttftMs + (outputTokens - 1) * gap
    free[lane] = startMs + e2eMs
    return {
      startMs: blind ? null : startMs,
      ttftMs,
      itlMs: Array.from({ length: outputTokens - 1 }, () => gap),
      e2eMs: blind ? null : e2eMs,
      inputTokens: 128,
      outputTokens,
      error: null
    }
  })
}

const found = (load: Load) =>
  sampleFindings({ samples: requests(load), metrics: {} })
    .filter(({ code }) => code !== "too-few-samples")
    .map(({ code, severity }) => `${code} ${severity}`)

const seeds = Array.from({ length: 40 }, (_, seed) => seed + 1)
const shareFound = (load: Load, finding: string) =>
  seeds.filter((seed) => found({ ...load, seed }).includes(finding)).length / seeds.length

describe("a steady run", () => {
  test.each<[string, Load]>([
    ["one at a time", {}],
    ["sixteen at a time", { concurrency: 16 }],
    ["all at once: the queue grows, the server does not change", { concurrency: 0 }],
    ["one token each", { outputTokens: 1 }],
    ["one token each, all at once", { outputTokens: 1, concurrency: 0 }],
    ["without starts and ends", { blind: true }],
    ["a stall now and then", { pace: (k) => (k % 40 === 7 ? 20 : 1) }]
  ])("%s", (_, load) => {
    expect(seeds.filter((seed) => found({ ...load, seed }).length > 0).length).toBeLessThanOrEqual(2)
  })
})

describe("drift", () => {
  const growing = (by: number) => (k: number, n: number) => 1 + (by * k) / n

  test("of 5 % is a warning, of 20 % makes the run invalid", () => {
    expect(shareFound({ pace: growing(0.05) }, "drift warning")).toBeGreaterThan(0.85)
    expect(shareFound({ pace: growing(0.2) }, "drift error")).toBe(1)
    expect(shareFound({ pace: growing(0.2), outputTokens: 1 }, "drift error")).toBe(1)
  })

  test("is a warning at most where nothing tells whether everything was sent at once", () => {
    expect(shareFound({ pace: growing(0.2), blind: true }, "drift warning")).toBe(1)
  })

  test("of less than 1 % is none, however sure", () => {
    expect(shareFound({ pace: growing(0.002), requests: 4000 }, "drift warning")).toBe(0)
  })

  test("says how much, which way, and from what", () => {
    const [finding] = sampleFindings({ samples: requests({ pace: growing(-0.3), requests: 1000 }), metrics: {} })
    expect(finding).toMatchObject({ code: "drift", evidence: { metric: "tpot_ms" } })
    expect(finding!.message).toMatch(/^The server became \d+\.\d % faster/)
  })
})

describe("warm-up", () => {
  const cold = (first: number) => (k: number) => 1 + 2 * Math.max(0, 1 - k / first)

  test("a slow beginning is named; one of more than a quarter of the run makes it invalid", () => {
    expect(shareFound({ pace: cold(30) }, "warmup-not-reached warning")).toBeGreaterThan(0.9)
    expect(shareFound({ pace: cold(120) }, "warmup-not-reached error")).toBe(1)
    expect(shareFound({ pace: cold(120), concurrency: 16 }, "warmup-not-reached error")).toBe(1)
  })

  test("what never became steady is not called drift as well", () => {
    expect(found({ pace: cold(200) })).toEqual(["warmup-not-reached error"])
  })
})

const completed = (value: number) => ({ completed: { value, unit: "requests", definition: "completed" } })

test("failed requests and runs without requests say nothing", () => {
  expect(sampleFindings({ samples: [], metrics: {} })).toEqual([])
  const samples = requests({ pace: () => 1 }).map((sample, k) =>
    k < 100 ? { ...sample, ttftMs: 0, error: "refused" } : sample
  )
  expect(sampleFindings({ samples, metrics: completed(1000) })).toMatchObject([
    { code: "too-few-samples", evidence: { n: 156 } }
  ])
})

test.each([
  ["requests", (n: number) => ({ samples: requests({ requests: n }), metrics: {} })],
  ["only their number", (n: number) => ({ samples: [], metrics: completed(n) })]
])("of %s: percentiles that they cannot tell are named with what they need, once", (_, of) => {
  const message = (n: number) => sampleFindings(of(n)).find(({ code }) => code === "too-few-samples")
  expect(message(150)).toMatchObject({ severity: "warning", evidence: { n: 150, needed: { p95: 200, p99: 1000 } } })
  expect(message(256)).toMatchObject({ severity: "info" })
  expect(message(1000)).toBeUndefined()
  expect(sampleFindings(of(256), sampleFindings(of(256)))).toEqual([])
})
