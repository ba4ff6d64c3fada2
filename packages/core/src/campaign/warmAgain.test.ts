import { expect, test } from "vitest"
import type { Suite } from "../domain/suite.ts"
import type { PlanBackend } from "../suite/PlanBackend.ts"
import { planSuite } from "../suite/planSuite.ts"
import { seatOf } from "./seatOf.ts"
import { warmAgain } from "./warmAgain.ts"

const backend = (name: string, canLaunch: boolean): PlanBackend => ({
  name,
  canLaunch,
  operations: ["generate"],
  entrypoints: [],
  standalone: []
})

const prompt = (name: string): Suite["cases"][number] => ({
  name: `file/${name}`,
  of: "file",
  request: {
    generate: { prompt: `${name} \${n}`, inputIds: null, maxNewTokens: 1, temperature: 0, seed: null, topLogprobs: 0 }
  },
  timeoutMs: null,
  tags: []
})

const suiteOf = (restart: Suite["order"]["restart"], warmup = 2): Suite => ({
  suite: "s",
  version: 1,
  backends: [],
  cases: [prompt("x"), prompt("y")],
  launch: {},
  matrix: { axes: { n: [1, 2] }, linked: [], exclude: [], include: [] },
  repeats: 2,
  warmup,
  order: { kind: "sequential", seed: 1, restart },
  budget: { runs: null, wallMs: null },
  gates: [],
  tags: []
})

/** What is left of the plan after its first runs, with `+` before what it had not. */
const goneOnAfter = (made: number, suite: Suite, backends: readonly PlanBackend[], again = 1): readonly string[] => {
  let plan = planSuite({ suite, backends, history: () => null })
  const known = new Set(plan.runs.map(({ key }) => key))
  const done = new Set(plan.runs.slice(0, made).map(({ key }) => key))
  for (let times = 0; times < again; times++) {
    plan = warmAgain(suite, plan, done, (run) =>
      seatOf(
        suite,
        run,
        backends.find(({ name }) => name === run.backend)!
      )
    )
    expect(new Set(plan.runs.map(({ key }) => key)).size).toBe(plan.runs.length)
    for (const runs of Map.groupBy(plan.runs, ({ block }) => block).values())
      expect(runs.map(({ position }) => position)).toEqual(runs.map((_, index) => index + 1))
  }
  const left = plan.runs.filter(({ key }) => !done.has(key))
  return left.map(({ key }) => `${known.has(key) ? "" : "+"}${key.replace("file/", "").replace("/a", "")}`)
}
const a = [backend("a", true)]

test("a server that was up when it was cut off is warmed up again, each point before it is measured", () => {
  const left = [
    "+x/n=2/warmup-again-1",
    "+x/n=2/warmup-again-2",
    "x/n=2/2",
    "+x/n=1/warmup-again-1",
    "+x/n=1/warmup-again-2",
    "y/n=1/2",
    "y/n=2/2"
  ]
  expect(goneOnAfter(9, suiteOf("never"), a)).toEqual(left)
  expect(goneOnAfter(9, suiteOf("never"), a, 2)).toEqual(left)
})

test("a warm-up that was cut off is made up for", () => {
  expect(goneOnAfter(4, suiteOf("never"), a).slice(0, 4)).toEqual([
    "+x/n=2/warmup-again-1",
    "x/n=2/warmup-2",
    "x/n=2/1",
    "+x/n=1/warmup-again-1"
  ])
})

test("the starts after it have their warm-up runs already", () => {
  const left = goneOnAfter(6, suiteOf("point", 1), a)
  expect(left.slice(0, 4)).toEqual(["x/n=1/warmup-2", "x/n=1/2", "y/n=1/2", "x/n=2/warmup-2"])
  expect(goneOnAfter(5, suiteOf("point", 1), a)).toEqual(["+x/n=2/warmup-again-1", "y/n=2/1", ...left])
})

test.each([
  ["nothing was made yet", 0, suiteOf("block"), a],
  ["no warm-up is asked for", 3, suiteOf("block", 0), a],
  ["the server is somebody else's", 5, suiteOf("block"), [backend("a", false)]]
])("none where %s", (_, made, suite, backends) => {
  expect(goneOnAfter(made, suite, backends).filter((key) => key.startsWith("+"))).toEqual([])
})
