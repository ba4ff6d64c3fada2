import type { Comparison } from "@sglang-studio/core/domain"
import { expect, test } from "vitest"
import { deltaCards } from "./deltaCards.ts"
import { direction } from "./metricCards.ts"

const nothing: Comparison = {
  id: "c",
  createdAt: "2026-01-01T00:00:00Z",
  arms: [
    { label: "pt", runIds: ["a"] },
    { label: "jax", runIds: ["b"] }
  ],
  provenances: ["real"],
  comparability: { outcome: "comparable", differences: [] },
  verdict: { outcome: "inconclusive", sentence: "", reasons: [], wouldDecide: null },
  gates: [],
  metrics: [],
  parity: null,
  divergences: [],
  scores: null,
  pairs: [],
  levels: []
}

const metric = (name: string, ratio: number | null, interval: readonly [number, number] | null) => ({
  name,
  unit: "ms",
  values: [100, ratio === null ? null : 100 * ratio],
  ratio,
  interval,
  p: null
})

test("without figures there is no card", () => {
  expect(deltaCards(nothing)).toEqual([])
  expect(deltaCards({ ...nothing, metrics: [metric("ttft_ms.p50", null, null)] })).toEqual([])
})

test("a ratio without an interval is shown, not judged", () => {
  const [card] = deltaCards({ ...nothing, metrics: [metric("e2e_latency_ms.p95", 1.3, null)] })
  expect(card).toMatchObject({ label: "E2E P95", value: "+30.0\u202f%", remark: null, plot: null })
})

test("an interval on one side of no change says better or worse, by the metric's own direction", () => {
  const remark = (name: string, ratio: number, interval: readonly [number, number]) =>
    deltaCards({ ...nothing, metrics: [metric(name, ratio, interval)] })[0]?.remark
  expect(remark("ttft_ms.p50", 0.93, [0.91, 0.95])).toEqual({ text: "\u2193 better", tone: "good" })
  expect(remark("output_throughput", 0.93, [0.91, 0.95])).toEqual({ text: "\u2193 worse", tone: "bad" })
  expect(remark("ttft_ms.p50", 1.01, [0.98, 1.05])).toBeNull()
})

test("only its own gate gives a figure its margin and its colour, and what a gate judges comes first", () => {
  const gate = (name: string, value: number) => ({
    name,
    outcome: "pass" as const,
    reason: "non-inferior",
    message: "",
    value,
    margin: 0.05,
    interval: [1, 1.04] as const,
    moreRunsNeeded: null
  })
  const evidence = { gate: "p50", metric: "e2e_latency_ms.p50" }
  const cards = deltaCards({
    ...nothing,
    verdict: { ...nothing.verdict, reasons: [{ code: "non-inferior", message: "", evidence }] },
    gates: [gate("p50", 1.02)],
    metrics: [
      metric("ttft_ms.p50", 1.02, [1, 1.08]),
      metric("e2e_latency_ms.p95", 1.02, [1, 1.08]),
      metric("e2e_latency_ms.p50", 1.02, [1, 1.04])
    ]
  })
  expect(cards.map((card) => [card.label, card.plot?.tone, card.plot?.band !== null])).toEqual([
    ["E2E P50", "pass", true],
    ["TTFT P50", null, false],
    ["E2E P95", null, false]
  ])
})

test("without an interval nothing is better or worse", () => {
  expect(direction(metric("ttft_ms.p50", 0.8, null))).toBeNull()
  expect(direction(metric("ttft_ms.p50", 0.8, [0.7, 0.9]))).toEqual({ text: "\u2193 better", tone: "good" })
})

test("the interval lies in the picture in order, better to the left", () => {
  const plot = (name: string) => deltaCards({ ...nothing, metrics: [metric(name, 1.1, [1.05, 1.2])] })[0]?.plot
  const latency = plot("ttft_ms.p50")
  const throughput = plot("output_throughput")
  for (const one of [latency, throughput]) {
    expect(one?.interval?.[0]).toBeLessThan(one?.value ?? 0)
    expect(one?.interval?.[1]).toBeGreaterThan(one?.value ?? 1)
  }
  expect(latency?.value).toBeGreaterThan(latency?.zero ?? 1)
  expect(throughput?.value).toBeLessThan(throughput?.zero ?? 0)
})
