import { expect, test } from "vitest"
import { flatten } from "./flatten.ts"
import { heatStep } from "./heat.ts"
import { metricName } from "./metricNames.ts"
import { descendingRanks } from "./ranks.ts"
import { ago, duration } from "./time.ts"
import { tokenText } from "./tokenText.ts"

test("ranks start at the largest value and keep the order of equals", () => {
  expect(descendingRanks([0.2, 0.5, 0.2, 0.1])).toEqual([2, 1, 3, 4])
})

test("heat shows over-tolerance in the upper half of its steps only", () => {
  expect([0, 0.05, 0.4, 0.9, 1.01, 3, 99].map(heatStep)).toEqual([0, 0, 1, 2, 3, 4, 5])
  expect(heatStep(Number.NaN)).toBe(0)
})

test("durations are said as people say them", () => {
  expect([54, 1234, 200_000, 7_260_000].map(duration)).toEqual(["54 ms", "1.2 s", "3 min 20 s", "2 h 1 min"])
  expect(ago("2026-01-01T00:00:00Z", Date.parse("2026-01-01T00:04:10Z"))).toBe("4 min ago")
})

test("tokens show what cannot be seen", () => {
  expect([" yes", "a b", "\n", ""].map((text) => tokenText(text, 1))).toEqual(["\u00b7yes", "a b", "\u21b5", "\u2205"])
  expect(tokenText(null, 42)).toBe("#42")
})

test("metric names read as words, unknown ones as they are", () => {
  expect(metricName("e2e_latency_ms.p95").label).toBe("E2E P95")
  expect(metricName("my_thing.p50").label).toBe("my_thing.p50")
})

test("flattening keeps every leaf once", () => {
  expect(flatten({ a: 1, b: { c: [1, 2], d: {} } })).toEqual([
    ["a", 1],
    ["b.c", [1, 2]],
    ["b.d", {}]
  ])
})
