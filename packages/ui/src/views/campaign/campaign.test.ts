import { expect, test } from "vitest"
import { aCampaign, aCell, aGate, aMetric, aRun } from "./campaignFixture.ts"
import { campaignWords } from "./campaignWords.ts"
import { cellFigure, changePlace, sidesText, usedUp } from "./cellFigure.ts"
import { chooseLens, matrixOf } from "./matrix.ts"
import { paretoOf } from "./pareto.ts"
import { groupOf, soFar, tallyOf, tallyText } from "./tally.ts"

const nobodyAsked = { gate: null, candidate: null, columns: null }

const twoByTwo = [
  aCell({ point: { input: 512, concurrency: 16 } }),
  aCell({ point: { input: 512, concurrency: 4 } }),
  aCell({ point: { input: 128, concurrency: 16 } })
]

test("the axis of load goes sideways, values in order, and cells that the plan leaves out stay empty", () => {
  const campaign = aCampaign({ cells: twoByTwo })
  const lens = chooseLens(campaign, nobodyAsked)
  const { columns, rows } = matrixOf(campaign, lens)
  expect(lens.columns).toBe("concurrency")
  expect(columns).toEqual([4, 16])
  expect(rows.map((row) => row.label)).toEqual(["input 128", "input 512"])
  expect(rows.map((row) => row.cells.map((cell) => cell !== null))).toEqual([
    [false, true],
    [true, true]
  ])
})

test("a gate shows the cases that have it, by the axes that they use", () => {
  const parity = aGate({ name: "tokens", outcome: "fail" })
  const campaign = aCampaign({
    cells: [
      ...twoByTwo,
      aCell({ case: "greedy", point: { dtype: "bfloat16" }, gates: [parity] }),
      aCell({ case: "greedy", point: { dtype: "float32" }, gates: [] })
    ]
  })
  const lens = chooseLens(campaign, nobodyAsked)
  expect(lens).toMatchObject({ gate: "tokens", columns: "dtype" })
  const { columns, rows } = matrixOf(campaign, lens)
  expect(columns).toEqual(["bfloat16", "float32"])
  expect(rows.map((row) => row.label)).toEqual(["greedy"])
})

test("a case that does not use the columns' axis has one cell for all of them", () => {
  const campaign = aCampaign({ cells: [...twoByTwo, aCell({ case: "alone", point: { input: 128 } })] })
  const { rows } = matrixOf(campaign, chooseLens(campaign, nobodyAsked))
  expect(rows.find((row) => row.label.startsWith("alone"))?.cells).toHaveLength(1)
})

test("what was asked for holds where it exists", () => {
  const campaign = aCampaign({ cells: twoByTwo })
  expect(chooseLens(campaign, { ...nobodyAsked, columns: "input" }).columns).toBe("input")
  expect(chooseLens(campaign, { ...nobodyAsked, columns: "colour" }).columns).toBe("concurrency")
})

test("the gate that fares worst is shown first, and a waived one does not count", () => {
  const gates = (waiver: string | null) => [
    aGate({ name: "fine" }),
    aGate({ name: "open", outcome: "inconclusive" }),
    aGate({ name: "broken", outcome: "fail", waiver })
  ]
  const shown = (waiver: string | null) =>
    chooseLens(aCampaign({ cells: [aCell({ gates: gates(waiver) })] }), nobodyAsked).gate
  expect(shown(null)).toBe("broken")
  expect(shown("until Friday")).toBe("open")
})

test("without axes every case is a row of one cell, and several cases name themselves", () => {
  const campaign = aCampaign({ cells: [aCell({ case: "b" }), aCell({ case: "a" })] })
  const { columns, rows } = matrixOf(campaign, chooseLens(campaign, nobodyAsked))
  expect(columns).toEqual([""])
  expect(rows.map((row) => row.label)).toEqual(["a", "b"])
})

test("a cell says its change, and what it would take or how sure it is", () => {
  const said = (gate: Parameters<typeof aGate>[0]) => {
    const { value, remark, strength } = cellFigure(aGate(gate))
    return `${value} | ${remark} | ${strength}`.replaceAll("\u202f", " ")
  }
  expect([
    said({}),
    said({ outcome: "fail", value: 1.12, tier: "confirmed" }),
    said({ outcome: "fail", value: 1.12, tier: null }),
    said({ outcome: "inconclusive", moreRunsNeeded: 2 }),
    said({ outcome: "inconclusive", moreRunsNeeded: 2, tier: "likely" }),
    said({ outcome: "inconclusive", reason: "too-few-runs", value: null, interval: null, tier: "confirmed" }),
    said({ margin: 0.025 })
  ]).toMatchInlineSnapshot(`
    [
      "+2.0 % | within 5 % | 0",
      "+12.0 % | confirmed | 3",
      "+12.0 % | over 5 % | 3",
      "+2.0 % | 2 more runs | 0",
      "+2.0 % | slower, 2 more runs | 0",
      "— | too few runs | 0",
      "+2.0 % | within 2.5 % | 1",
    ]
  `)
})

test("a limit is shown as a value in its unit, not as a change", () => {
  const limit = { outcome: "fail", scale: "value", interval: null, tier: null } as const
  const said = (gate: Parameters<typeof aGate>[0]) => {
    const { value, remark } = cellFigure(aGate({ ...limit, ...gate }))
    return `${value} | ${remark}`.replaceAll("\u202f", " ")
  }
  expect(said({ value: 130, margin: 100 })).toBe("130 ms | over 100 ms")
  expect(said({ metric: "failure_rate", value: 0.025, margin: 0.01 })).toBe("2.5 % | over 1 %")
  expect(said({ metric: null, value: 0.02, margin: 0.01 })).toBe("0.02 | over 0.01")
})

test("both sides of a cell are those of the metric that the gate names, not of one that moved alike", () => {
  const moved = { ratio: 0.87 }
  const cell = aCell({
    metrics: [
      aMetric({ name: "request_throughput", values: [16.4, 14.3], ...moved }),
      aMetric({ name: "output_throughput", values: [262, 228], ...moved })
    ]
  })
  const gate = aGate({ metric: "output_throughput", value: 0.87 })
  expect(sidesText(cell, gate)).toBe("262 \u2192 228")
  expect(sidesText(cell, aGate({ metric: null }))).toBeNull()
})

test("worse lies to the right, whichever way the metric is better", () => {
  const latency = changePlace(aGate({}))
  const throughput = changePlace(aGate({ metric: "output_throughput", interval: [1.01, 1.03] }))
  expect(latency?.value).toBeGreaterThan(0.5)
  expect(throughput?.value).toBeLessThan(0.5)
  expect(throughput?.interval?.[0]).toBeLessThan(throughput?.interval?.[1] ?? 0)
  expect(latency?.band[1]).toBeCloseTo(0.75)
})

test("what is nearest to its limit is told by how much of it is used up", () => {
  expect(usedUp(aGate({ metric: "output_throughput", value: 0.96 }))).toBeCloseTo(0.837, 3)
  expect(usedUp(aGate({ value: 0.96 }))).toBeLessThan(0)
  expect(usedUp(aGate({ scale: "value", value: 0.02, margin: 0.01 }))).toBe(2)
  expect(usedUp(aGate({ value: null }))).toBe(0)
})

test("every gate is counted once", () => {
  const gates = [
    aGate({ outcome: "fail", tier: "confirmed" }),
    aGate({ outcome: "inconclusive", tier: "likely" }),
    aGate({ outcome: "fail", tier: null }),
    aGate({ outcome: "inconclusive" }),
    aGate({}),
    aGate({ tier: "likely" }),
    aGate({ outcome: "fail", tier: "confirmed", waiver: "until Friday" })
  ]
  expect(tallyText(tallyOf(aCampaign({ cells: [aCell({ gates })] })))).toMatchInlineSnapshot(
    `"1 confirmed · 0 likely · 1 over a limit · 2 undecided, 1 of them slower · 2 clear, 1 of them slower · 1 waived · 7 gates"`
  )
})

test("a campaign without a verdict says what there is", () => {
  expect(soFar(aCampaign({ cells: [aCell({ outcome: null })] }))).toBe("No cell has been compared yet.")
  expect(soFar(aCampaign({ cells: [aCell({}), aCell({ outcome: "fail" }), aCell({ outcome: null })] }))).toBe(
    "2 of 3 cells compared so far, 1 fails."
  )
})

test("a figure holds both sides in the order of the columns, and the interval at the candidate's place", () => {
  const cells = [4, 16].map((concurrency) =>
    aCell({
      point: { concurrency },
      metrics: [
        aMetric({ values: [100, 110], ratio: 1.1, interval: [1.05, 1.15] }),
        aMetric({ name: "output_throughput", unit: "tokens/s", values: [900 + concurrency, 800], ratio: 0.9 })
      ]
    })
  )
  const campaign = aCampaign({ cells: cells.toReversed() })
  const lens = chooseLens(campaign, nobodyAsked)
  const figure = paretoOf(matrixOf(campaign, lens).rows[0]!, "e2e_latency_ms.p95", lens)
  expect(figure?.baseline.map(({ x, y, label }) => [x, y, label])).toEqual([
    [904, 100, "concurrency 4"],
    [916, 100, "concurrency 16"]
  ])
  expect(figure?.candidate[0]?.range?.map(Math.round)).toEqual([105, 115])
  expect(figure?.baseline[0]?.range).toBeNull()
})

test("cells without a throughput give no figure", () => {
  const campaign = aCampaign({ cells: [aCell({ metrics: [aMetric({})] })] })
  const lens = chooseLens(campaign, nobodyAsked)
  expect(paretoOf(matrixOf(campaign, lens).rows[0]!, "e2e_latency_ms.p95", lens)).toBeNull()
})

test("what was cut off counts as not done", () => {
  expect(
    (["interrupted", "cancelled", "queued", "skipped"] as const).map((status) => groupOf(aRun({ status })))
  ).toEqual(["failed", "failed", "running", "skipped"])
})

test("a verdict names cells and metrics as the screen does, and leaves other words alone", () => {
  const cells = [1, 16].map((concurrency) => aCell({ case: "serving", point: { concurrency, input: 512 } }))
  expect(
    campaignWords(
      { cells },
      "1 of 2 cells fails; worst: serving/concurrency=16,input=512 (pt to my_jax): e2e_latency_ms.p95 of my_jax moved."
    )
  ).toBe("1 of 2 cells fails; worst: serving, concurrency 16, input 512 (pt to my_jax): E2E P95 of my_jax moved.")
})
