import { describe, expect, it, test } from "vitest"
import type { Plan, PlannedRun } from "../domain/plan.ts"
import { looksOf } from "./looks.ts"
import { nextStep, type Situation } from "./nextStep.ts"

const run = (block: number, backend: string): PlannedRun => ({
  key: `case/${backend}/${block}`,
  case: "case",
  point: {},
  backend,
  repeat: block,
  block,
  position: 1,
  phase: "measured"
})

const planOf = (repeats: number): Plan => ({
  suite: "s",
  seed: 1,
  runs: Array.from({ length: repeats }, (_, index) => [run(index + 1, "a"), run(index + 1, "b")]).flat(),
  estimateMs: null,
  skipped: []
})

const gates = [{ name: "p50", metric: "e2e_latency_ms.p50", maxRegression: 0.05 }]

/** The first `made` runs of a plan took a second each. */
const situation = (repeats: number, made: number, changes: Partial<Situation> = {}): Situation => {
  const plan = planOf(repeats)
  return {
    plan,
    done: new Map(plan.runs.slice(0, made).map(({ key }) => [key, 1000])),
    from: 0,
    looks: looksOf({ repeats, gates }, changes.untilDecided ?? false),
    decided: false,
    openToRepeats: true,
    untilDecided: false,
    extended: false,
    paused: false,
    wall: { limitMs: null, spentMs: made * 1000 },
    ...changes
  }
}

describe("what a campaign does next", () => {
  it("is the first run of its plan that is not finished, whatever was made out of order", () => {
    const { plan, ...rest } = situation(2, 0)
    const done = new Map([["case/b/1", 1000]])
    expect(nextStep({ ...rest, plan, done })).toEqual({ _tag: "run", run: plan.runs[0] })
    done.set("case/a/1", 1000)
    expect(nextStep({ ...rest, plan, done })).toEqual({ _tag: "run", run: plan.runs[2] })
  })

  it("is to end when nothing is left, or to pause when asked", () => {
    expect(nextStep(situation(2, 4))).toEqual({ _tag: "stop", reason: null })
    expect(nextStep(situation(2, 3, { paused: true }))).toEqual({ _tag: "pause" })
  })

  it("is to double the repeats once, where they did not decide and that was asked for", () => {
    expect(nextStep(situation(2, 4, { untilDecided: true }))).toEqual({ _tag: "extend" })
    expect(nextStep(situation(2, 4, { untilDecided: true, openToRepeats: false }))).toEqual({
      _tag: "stop",
      reason: null
    })
    expect(nextStep(situation(2, 4, { untilDecided: true, extended: true }))).toEqual({ _tag: "stop", reason: null })
  })

  it("is to end half way where every gate is decided, and at no other moment", () => {
    const ends = (made: number) => nextStep(situation(10, made, { decided: true }))._tag === "stop"
    expect(Array.from({ length: 20 }, (_, made) => made).filter(ends)).toEqual([10])
    expect(nextStep(situation(10, 10, { decided: true }))).toEqual({
      _tag: "stop",
      reason: "every gate was decided after 5 of 10 repeats"
    })
    expect(nextStep(situation(10, 10))._tag).toBe("run")
  })

  it("is to end before a run that would go beyond the time that there is", () => {
    const wall = (spentMs: number) => ({ wall: { limitMs: 4000, spentMs } })
    expect(nextStep(situation(5, 2, wall(3000)))._tag).toBe("run")
    expect(nextStep(situation(5, 2, wall(3001)))).toEqual({ _tag: "stop", reason: "beyond the budget of 4 s" })
    expect(nextStep(situation(5, 0, wall(4000)))._tag).toBe("run")
  })
})

test.each([
  [5, false, { after: [5], alpha: 0.05 }],
  [9, false, { after: [5, 9], alpha: 0.025 }],
  [8, false, { after: [8], alpha: 0.05 }],
  [5, true, { after: [5, 10], alpha: 0.025 }]
])("%d repeats, until decided %s: the gates are read at %o", (repeats, untilDecided, looks) => {
  expect(looksOf({ repeats, gates }, untilDecided)).toEqual(looks)
})

test("without gates there is nothing to look at early", () => {
  expect(looksOf({ repeats: 20, gates: [] }, false)).toEqual({ after: [20], alpha: 0.05 })
})
