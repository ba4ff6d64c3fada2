import { createRequire } from "node:module"
import { join } from "node:path"
import { describe, expect, onTestFinished, test } from "vitest"
import { studio } from "./studio.ts"
import { arms, withSuite } from "./suiteOf.ts"

/** The types of this package are not among the CLI's. */
const Sqlite = createRequire(import.meta.url)("better-sqlite3") as new (file: string) => {
  readonly exec: (sql: string) => void
  readonly close: () => void
}

const run = (cwd: string, slowdown: string, ...more: readonly string[]) =>
  studio(cwd, ["run", "suite.yaml", ...arms(slowdown), "--gate", "--allow-mock", "--json", "--quiet", ...more])

/** What a second look at a campaign shows, and going on with one that has ended. */
const again = (cwd: string, id: string) => [
  studio(cwd, ["campaigns", "show", id, "--json"]).json(),
  studio(cwd, ["run", "--resume", id, "--gate", "--allow-mock", "--json", "--quiet"]).json().campaign
]

describe("--until-decided", () => {
  test.each([
    ["1.00", 0, "pass", 5],
    ["1.15", 1, "fail", 5],
    ["1.03", 0, "pass", 10],
    ["1.10", 1, "fail", 10],
    ["1.05", 3, "inconclusive", 10]
  ])("slowdown %s: exit %d, %s after %d repeats per arm", (slowdown, code, outcome, repeats) => {
    const cwd = withSuite()
    const { status, json } = run(cwd, slowdown, "--until-decided")
    expect(status).toBe(code)
    const { campaign, verdict } = json()
    expect(verdict.outcome).toBe(outcome)
    const made = { planned: 2 * repeats, succeeded: 2 * repeats, stopped: null, skipped: [] }
    expect(campaign).toMatchObject({ ...made, extended: repeats === 10, cells: [{ usable: [repeats, repeats] }] })
    expect(again(cwd, campaign.id)).toEqual([campaign, campaign])
  })
})

describe("a suite of ten repeats", () => {
  test.each([
    ["1.00", 0, "Holds"],
    ["1.15", 1, "Fails"]
  ])("slowdown %s: exit %d, half way, since every gate is decided there", (slowdown, code, word) => {
    const cwd = withSuite({ repeats: 10 })
    const { status, json } = run(cwd, slowdown)
    expect(status).toBe(code)
    const { campaign, verdict } = json()
    const stopped = "every gate was decided after 5 of 10 repeats"
    expect(campaign).toMatchObject({ status: "succeeded", planned: 20, succeeded: 10, stopped, extended: false })
    expect(campaign.skipped).toHaveLength(10)
    expect(verdict.sentence).toMatch(`${word} (${stopped}): `)
    expect(again(cwd, campaign.id)).toEqual([campaign, campaign])
  })

  test("goes to its end where they are not", () => {
    const { status, json } = run(withSuite({ repeats: 10 }), "1.05")
    expect(status).toBe(3)
    expect(json().campaign).toMatchObject({ planned: 20, succeeded: 20, stopped: null })
  })
})

test("a wall budget that is spent leaves out the rest, and the gate is not decided", () => {
  const cwd = withSuite({ budget: { wall: "2.5s" }, order: { kind: "sequential" } })
  const slow = ["--backend", "a=mock:slow,value=2", "--backend", "b=mock:slow,value=2,seed=2"]
  const gate = ["--gate", "--allow-mock", "--json", "--quiet"]
  const { status, json } = studio(cwd, ["run", "suite.yaml", ...slow, ...gate])
  expect(status).toBe(3)
  const { campaign, verdict } = json()
  const stopped = "beyond the budget of 2.5 s"
  expect(campaign).toMatchObject({ status: "succeeded", planned: 10, succeeded: 1, failed: 0, stopped })
  expect(campaign.skipped.map(({ reason }: { reason: string }) => reason)).toEqual(Array(9).fill(stopped))
  expect(verdict.sentence).toMatch(`Not decided (${stopped}): `)
  expect(verdict.reasons).toContainEqual(expect.objectContaining({ code: "stopped" }))
  expect(again(cwd, campaign.id)).toEqual([campaign, campaign])
})

test("a store that takes no more runs is exit 4 with a gate and without, and the rest is made by --resume", () => {
  const cwd = withSuite({ repeats: 2 })
  const at = ["--data", "d", "--json", "--quiet"]
  studio(cwd, ["runs", "list", ...at])
  const file = new Sqlite(join(cwd, "d", "studio.db"))
  onTestFinished(() => void file.close())
  file.exec(
    "CREATE TRIGGER fills BEFORE INSERT ON runs WHEN (SELECT count(*) FROM runs) = 1 BEGIN SELECT raise(ABORT, 'it is full'); END"
  )
  const { status, json } = studio(cwd, ["run", "suite.yaml", ...arms("1.00"), "--gate", "--allow-mock", ...at])
  expect(status).toBe(4)
  const { id } = json().campaign
  expect(json()).toMatchObject({
    campaign: { status: "interrupted", succeeded: 1, verdict: { outcome: "inconclusive" } }
  })
  expect(studio(cwd, ["campaigns", "show", id, "--data", "d"]).stdout).toMatch(
    new RegExp(`it could not go on: [^]*it is full[^]*studio run --resume ${id}[^]* interrupted `, "u")
  )
  expect(studio(cwd, ["run", "--resume", id, ...at]).status).toBe(4)
  file.exec("DROP TRIGGER fills")
  const resumed = studio(cwd, ["run", "--resume", id, ...at])
  expect(resumed.status).toBe(0)
  expect(resumed.json().campaign).toMatchObject({ status: "succeeded", succeeded: 4, planned: 4 })
  expect(studio(cwd, ["runs", "list", ...at]).json().items).toHaveLength(4)
})
