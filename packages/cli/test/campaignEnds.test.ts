import { describe, expect, test } from "vitest"
import { studio } from "./studio.ts"
import { arms, withSuite } from "./suiteOf.ts"

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
