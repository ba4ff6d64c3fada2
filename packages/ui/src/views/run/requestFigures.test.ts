import type { Sample } from "@sglang-studio/core/domain"
import { expect, test } from "vitest"
import { requestFigures, shareAt, tailPlace } from "./requestFigures.ts"

const sample = (change: Partial<Sample>): Sample => ({
  startMs: 0,
  ttftMs: 10,
  itlMs: null,
  e2eMs: 110,
  inputTokens: 1,
  outputTokens: 11,
  error: null,
  ...change
})

test("requests stand in the order in which they were to be sent, failed ones at the foot", () => {
  const { sentAt, latency, failed } = requestFigures(
    [sample({ startMs: 3000 }), sample({ startMs: 1000, error: "reset", e2eMs: 5 }), sample({ startMs: null })],
    "e2e"
  )
  expect({ sentAt, latency, failed }).toEqual({ sentAt: [1, 3], latency: [null, 110], failed: [0, null] })
})

test("requests that were all sent at once stand by their number", () => {
  const { by, sentAt } = requestFigures([sample({}), sample({}), sample({})], "e2e")
  expect({ by, sentAt }).toEqual({ by: "order", sentAt: [1, 2, 3] })
})

test("time per output token leaves the first token out, and needs two", () => {
  const { latency } = requestFigures([sample({}), sample({ outputTokens: 1 })], "tpot")
  expect(latency).toEqual([10, null])
})

test("only percentiles with ten requests beyond them are named", () => {
  const named = (n: number) =>
    requestFigures(
      Array.from({ length: n }, (_, index) => sample({ e2eMs: index + 1 })),
      "e2e"
    ).marks.map(({ text, value }) => `${text} ${Number(value?.toFixed(2))}`)
  expect(named(19)).toEqual([])
  expect(named(250)).toEqual(["P50 125.5", "P90 225.1", "P95 237.55"])
  expect(named(1000)).toEqual(["P50 500.5", "P90 900.1", "P95 950.05", "P99 990.01"])
})

test("the curve runs from the fastest to the slowest request, one decade of the tail after the other", () => {
  const { tail, curve } = requestFigures(
    Array.from({ length: 100 }, (_, index) => sample({ e2eMs: 100 - index })),
    "e2e"
  )
  expect([curve[0], curve.at(-1)]).toEqual([1, 100])
  expect(tail.at(-1)).toBeCloseTo(Math.log10(200))
  expect(shareAt(tailPlace(0.37))).toBeCloseTo(0.37)
})
