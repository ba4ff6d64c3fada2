import { describe, expect, it } from "vitest"
import { benchArm } from "../../test/support/benchArms.ts"
import type { Waiver } from "../domain/baseline.ts"
import type { CampaignCell } from "../domain/campaign.ts"
import type { GateRule } from "../domain/gateRule.ts"
import { campaignVerdict } from "./campaignVerdict.ts"
import type { CellPlace } from "./cells.ts"
import { isOpenToRepeats } from "./isOpenToRepeats.ts"
import { judgeCell } from "./judgeCell.ts"
import { withTiers } from "./withTiers.ts"

const rules: readonly GateRule[] = [
  { name: "p50", metric: "e2e_latency_ms.p50", maxRegression: 0.05 },
  { name: "failures", metric: "failure_rate", max: 0.5 }
]
const steady = [100, 101, 99, 100.5, 99.5]
const slower = steady.map((value) => value * 1.12)
const place = (changes: Partial<CellPlace> = {}): CellPlace => ({
  case: "random",
  point: { concurrency: 16 },
  baseline: "pt",
  candidate: "jax",
  ...changes
})

const waiver = (changes: Partial<Waiver> = {}): Waiver => ({
  id: "w1",
  suite: "s",
  gate: "p50",
  case: null,
  point: null,
  backend: null,
  reason: "known",
  author: "Ada",
  createdAt: "2026-01-01T00:00:00.000Z",
  expiresAt: "2026-03-01T00:00:00.000Z",
  ...changes
})

const judged = (
  candidate: readonly number[],
  {
    waivers = [],
    given = rules,
    at = place()
  }: { waivers?: readonly Waiver[]; given?: readonly GateRule[]; at?: CellPlace } = {}
): CampaignCell =>
  judgeCell(at, [benchArm("pt", { values: steady }), benchArm("jax", { values: candidate })], {
    rules: given,
    waivers,
    alpha: 0.05,
    now: "2026-02-01T00:00:00.000Z"
  }).cell

describe("a cell", () => {
  it("passes when all of its gates do, and says what each one measured", () => {
    const cell = judged(steady)
    expect(cell).toMatchObject({ outcome: "pass", usable: [5, 5], wouldDecide: null })
    expect(cell.gates.map(({ name, metric, outcome, scale }) => [name, metric, outcome, scale])).toEqual([
      ["p50", "e2e_latency_ms.p50", "pass", "ratio"],
      ["failures", "failure_rate", "pass", "value"]
    ])
    expect(cell.metrics.map(({ name }) => name)).toEqual(expect.arrayContaining(["e2e_latency_ms.p50", "failure_rate"]))
  })

  it("shows a waived gate and is not decided by it, until the waiver expires or where it does not apply", () => {
    const outcome = (changes: Partial<Waiver>) => judged(slower, { waivers: [waiver(changes)] }).outcome
    const cell = judged(slower, { waivers: [waiver()] })
    expect(cell).toMatchObject({ outcome: "pass", gates: [{ outcome: "fail", waiver: "w1" }, { waiver: null }] })
    expect(outcome({ point: { concurrency: 16 }, case: "random", backend: "jax" })).toBe("pass")
    expect(outcome({ expiresAt: "2026-01-31T00:00:00.000Z" })).toBe("fail")
    expect(outcome({ gate: "failures" })).toBe("fail")
    expect(outcome({ case: "other" })).toBe("fail")
    expect(outcome({ point: { concurrency: 1 } })).toBe("fail")
    expect(outcome({ backend: "pt" })).toBe("fail")
    expect(judged(slower, { waivers: [waiver()], given: [rules[0]!] })).toMatchObject({ outcome: "pass" })
  })

  it("that lacks a side is not decided, says which, and is held to limits all the same", () => {
    const lacking = (pt: readonly number[], jax: readonly number[], given = rules) =>
      judgeCell(place(), [benchArm("pt", { values: pt }), benchArm("jax", { values: jax })], {
        rules: given,
        waivers: [],
        alpha: 0.05,
        now: ""
      })
    const { cell, comparison } = lacking([], steady)
    expect(comparison).toBeNull()
    expect(cell).toMatchObject({
      outcome: "inconclusive",
      usable: [0, 5],
      sentence: "Not decided: pt has no run of random at concurrency=16.",
      gates: [
        { name: "p50", outcome: "inconclusive", reason: "no-baseline" },
        { name: "failures", outcome: "pass" }
      ]
    })
    expect(cell.metrics[0]!.values).toEqual([null, expect.any(Number)])
    expect(lacking(steady, []).cell).toMatchObject({ outcome: "inconclusive", usable: [5, 0], gates: [] })
    const cap = { name: "cap", metric: "e2e_latency_ms.p50", max: 90 }
    expect(lacking([], steady, [cap]).cell).toMatchObject({
      outcome: "fail",
      gates: [{ name: "cap", outcome: "fail" }]
    })
  })

  it("counts an invalid run, and names it", () => {
    const invalid = { validity: { outcome: "invalid" as const, findings: [] } }
    const { cell } = judgeCell(
      place(),
      [benchArm("pt", { values: steady }), benchArm("jax", { values: steady, fields: { 2: invalid } })],
      { rules, waivers: [], alpha: 0.05, now: "" }
    )
    expect(cell).toMatchObject({ outcome: "inconclusive", usable: [5, 4] })
    expect(cell.gates[0]).toMatchObject({ reason: "invalid-run", moreRunsNeeded: 1 })
    // Repeats come on top of it, and not in its place.
    expect(cell.wouldDecide).toBe("a new campaign, in which each of its runs counts, would decide")
    expect(cell.sentence).toContain(cell.wouldDecide)
    expect(isOpenToRepeats(cell)).toBe(false)
    const verdict = campaignVerdict({ cells: [cell], runs: { planned: 10, done: 10, failed: 0 }, stopped: null })
    expect(verdict.wouldDecide).toBe(cell.wouldDecide)
  })

  it("alone is held to limits, and without any is only measured", () => {
    const alone = (given: readonly GateRule[]) =>
      judgeCell(place({ baseline: null }), [benchArm("jax", { values: steady })], {
        rules: given,
        waivers: [],
        alpha: 0.05,
        now: ""
      }).cell
    expect(alone([{ name: "cap", metric: "e2e_latency_ms.p50", max: 90 }])).toMatchObject({ outcome: "fail" })
    expect(alone([])).toMatchObject({ outcome: null, sentence: null, usable: [0, 5] })
    const cap = { name: "cap", metric: "e2e_latency_ms.p50", max: 900 }
    expect(alone([cap])).toMatchObject({ outcome: "pass" })
    // A limit that holds does not answer for a rule that has nothing to compare with.
    expect(alone([cap, rules[0]!])).toMatchObject({
      outcome: "inconclusive",
      sentence:
        "Not decided: there is nothing to compare jax with; a second backend, or a baseline to run against, would decide.",
      gates: [
        { name: "cap", outcome: "pass" },
        { name: "p50", outcome: "inconclusive", reason: "no-baseline", metric: "e2e_latency_ms.p50" }
      ]
    })
  })
})

describe("a cell that no gate speaks of", () => {
  const generated = ["pt", "jax"].map((label) => benchArm(label, { values: steady }))
  const parityOnly: readonly GateRule[] = []
  const one = judgeCell(place(), generated, { rules: parityOnly, waivers: [], alpha: 0.05, now: "" }).cell

  it("is measured, and decides nothing", () => {
    expect(one).toMatchObject({ outcome: null, sentence: null, usable: [5, 5] })
  })

  it("leaves a campaign of its like undecided, for the want of a gate", () => {
    const verdict = campaignVerdict({ cells: [one], runs: { planned: 10, done: 10, failed: 0 }, stopped: null })
    expect(verdict).toMatchObject({
      outcome: "inconclusive",
      wouldDecide: "a gate that speaks of its cases would decide"
    })
  })
})

describe("all cells together", () => {
  const at = (concurrency: number) => place({ point: { concurrency } })
  const cells = [
    judged(steady, { at: at(1) }),
    judged(slower, { at: at(16) }),
    judged(steady.slice(0, 2), { at: at(64) })
  ]

  it("have tiers: one that is surely slower among several, none where nothing was tested", () => {
    expect(withTiers(cells).map(({ gates }) => gates.map(({ tier }) => tier))).toEqual([
      ["noise", null],
      ["confirmed", null],
      [null, null]
    ])
  })

  const runs = { planned: 30, done: 30, failed: 0 }

  it("fail where one fails, and name it", () => {
    const verdict = campaignVerdict({ cells, runs, stopped: null })
    expect(verdict.outcome).toBe("fail")
    expect(verdict.sentence).toMatch(
      /^1 of 3 cells fails; worst: random\/concurrency=16 \(pt to jax\): .+ beyond the 5 %/
    )
    expect(verdict.wouldDecide).toBeNull()
  })

  it("are not decided where one is not, and say how many repeats would do", () => {
    const verdict = campaignVerdict({ cells: [cells[0]!, cells[2]!], runs: { ...runs, failed: 1 }, stopped: null })
    expect(verdict).toMatchObject({ outcome: "inconclusive", wouldDecide: "3 more repeats would decide" })
    expect(verdict.sentence).toMatch(
      /^Not decided in 1 of 2 cells: random\/concurrency=64 .+; 3 more repeats would decide\.$/
    )
    expect(verdict.reasons.map(({ code }) => code)).toEqual(["too-few-runs", "run-failed"])
  })

  it("ask for repeats, and for what repeats cannot settle", () => {
    const alone = judgeCell(at(4), [benchArm("pt", { values: [] }), benchArm("jax", { values: steady })], {
      rules,
      waivers: [],
      alpha: 0.05,
      now: ""
    }).cell
    expect([alone, cells[2]!].map(isOpenToRepeats)).toEqual([false, true])
    const verdict = campaignVerdict({ cells: [cells[2]!, alone], runs, stopped: null })
    expect(verdict.wouldDecide).toBe("3 more repeats would decide; elsewhere a run of it on pt would decide")
  })

  it("hold where all hold, and say where they ended early", () => {
    const verdict = campaignVerdict({ cells: [cells[0]!, cells[0]!], runs, stopped: "half way" })
    expect(verdict).toMatchObject({ outcome: "pass", sentence: "All 2 cells hold (half way).", wouldDecide: null })
  })

  it("say what is waived where they would not hold without it", () => {
    const excused = judged(slower, { waivers: [waiver()] })
    const verdict = campaignVerdict({ cells: [cells[0]!, excused], runs, stopped: null })
    expect(verdict).toMatchObject({
      outcome: "pass",
      sentence: "All 2 cells hold (1 gate that does not hold waived)."
    })
  })

  it("never pass where there is nothing", () => {
    expect(campaignVerdict({ cells: [], runs, stopped: null })).toMatchObject({ outcome: "inconclusive" })
  })
})
