import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { validateXML } from "xmllint-wasm"
import { startStudio, studio, until } from "./studio.ts"
import { arms, suiteFile, withSuite } from "./suiteOf.ts"

const gated = (cwd: string, slowdown: string, ...more: readonly string[]) =>
  studio(cwd, ["run", "suite.yaml", ...arms(slowdown), "--gate", "--json", "--quiet", ...more])

describe("a gate of 5 % on P50 E2E, 256 prompts", () => {
  test.each([
    ["1.15", 5, 1, "fail"],
    ["1.00", 5, 0, "pass"],
    ["1.00", 2, 3, "inconclusive"]
  ])("slowdown %s, %d repeats: exit %d, %s", (slowdown, repeats, code, outcome) => {
    const { status, json, stderr } = gated(withSuite({ repeats }), slowdown, "--allow-mock")
    expect(status, stderr).toBe(code)
    const { campaign, verdict } = json()
    expect(verdict.outcome).toBe(outcome)
    expect(campaign).toMatchObject({ status: "succeeded", planned: 2 * repeats, succeeded: 2 * repeats, failed: 0 })
    expect(campaign.comparisons).toHaveLength(1)
    const [gate] = campaign.cells[0].gates
    if (outcome === "inconclusive") {
      expect(gate.more_runs_needed).toBeGreaterThan(0)
      expect(verdict.would_decide).toMatch(/^\d+ more repeats would decide$/)
    } else expect(gate.more_runs_needed).toBeNull()
  })

  test("mocks are refused before anything is run", () => {
    const cwd = withSuite()
    const { status, json } = gated(cwd, "1.00")
    expect(status).toBe(2)
    expect(json().error.code).toBe("mock-refused")
    expect(studio(cwd, ["campaigns", "list", "--json"]).json()).toEqual({ items: [] })
  })

  test("the same campaign again gives the same numbers", () => {
    const values = [1, 2].map(() => gated(withSuite(), "1.00", "--allow-mock").json().campaign.cells[0].gates[0].value)
    expect(values[0]).toBe(values[1])
  })
})

describe("without a gate", () => {
  test("a run that fails is a backend's failure, and is told", () => {
    const { status, stdout } = studio(withSuite({ repeats: 1 }), [
      "run",
      "suite.yaml",
      "--backend",
      "a=mock:clean",
      "--backend",
      "b=mock:crash"
    ])
    expect(status).toBe(4)
    expect(stdout).toMatch(/1 of 2 runs succeeded, 1 failed/)
    expect(stdout).toMatch(/crashed: /)
  })

  test("what was begun without a gate is refused by one that allows no mocks, and judged by one that does", () => {
    const cwd = withSuite({ repeats: 2 })
    const { campaign } = studio(cwd, ["run", "suite.yaml", ...arms("1.00"), "--json", "--quiet"]).json()
    const again = (...flags: readonly string[]) =>
      studio(cwd, ["run", "--resume", campaign.id, "--gate", "--json", "--quiet", ...flags])
    expect(again()).toMatchObject({ status: 2 })
    expect(again().json().error.code).toBe("mock-refused")
    expect(again("--allow-mock").json()).toEqual({ campaign, verdict: campaign.verdict })
  })

  test("is not shown again for another suite", () => {
    const cwd = withSuite({ repeats: 2 })
    const { id } = studio(cwd, ["run", "suite.yaml", ...arms("1.00"), "--json", "--quiet"]).json().campaign
    const again = () => studio(cwd, ["run", "suite.yaml", "--resume", id, "--json", "--quiet"])
    expect(again()).toMatchObject({ status: 0 })
    writeFileSync(join(cwd, "suite.yaml"), suiteFile({ repeats: 3 }))
    expect(again()).toMatchObject({ status: 2 })
    expect(again().json().error.code).toBe("suite-changed")
  })

  test("one that succeeds exits 0 whatever the verdict", () => {
    const { status, stdout } = studio(withSuite({ repeats: 2 }), ["run", "suite.yaml", ...arms("1.00")])
    expect(status).toBe(0)
    expect(stdout).toMatch(/^~ inconclusive {2}Not decided: random \(base to cand\)/)
  })
})

describe("a baseline", () => {
  test("is promoted with a reason, compared with by name, and excused by a waiver", () => {
    const cwd = withSuite()
    const run = (spec: string, ...more: readonly string[]) =>
      studio(cwd, ["run", "suite.yaml", "--backend", `fake=${spec}`, "--allow-mock", "--json", "--quiet", ...more])
    const { campaign } = run("mock:clean,seed=1").json()
    const promotion = ["baseline", "promote", campaign.id, "--name", "main", "--reason", "release 1", "--author", "Ada"]

    expect(run("mock:clean", "--against", "main", "--gate").json().error).toMatchObject({ code: "unknown-baseline" })
    expect(studio(cwd, [...promotion, "--json"]).json().error.code).toBe("mock-refused")
    const promoted = studio(cwd, [...promotion, "--allow-mock", "--json"]).json()
    expect(promoted.items).toMatchObject([
      { name: "main", suite: "nightly", case: "random", backend: "fake", author: "Ada", campaign: campaign.id }
    ])

    const slower = run("mock:clean,seed=3,slowdown=1.15", "--against", "main", "--gate")
    expect(slower.status).toBe(1)
    expect(slower.json().campaign.cells[0]).toMatchObject({ baseline: "main", candidate: "fake", outcome: "fail" })
    expect(run("mock:clean,seed=3", "--against", "main", "--gate").status).toBe(0)

    const waive = ["baseline", "waive", "--suite", "nightly", "--gate", "p50", "--reason", "known", "--author", "Ada"]
    expect(studio(cwd, [...waive, "--until", "2001-01-01", "--json"]).json().error.path).toBe("until")
    const waiver = studio(cwd, [...waive, "--until", "2999-01-01", "--json"]).json()
    const waived = run("mock:clean,seed=3,slowdown=1.15", "--against", "main", "--gate")
    expect(waived.status).toBe(0)
    expect(waived.json().campaign.cells[0].gates).toMatchObject([{ outcome: "fail", waiver: waiver.id }])
  })
})

describe("a campaign that is cut off", () => {
  const slow = (cwd: string) =>
    startStudio(cwd, [
      "run",
      "suite.yaml",
      "--backend",
      "a=mock:slow,value=2",
      "--backend",
      "b=mock:slow,value=2,seed=2",
      "--quiet"
    ])
  const first = async (cwd: string) =>
    until(() => {
      const [campaign] = studio(cwd, ["campaigns", "list", "--json"]).json().items
      return campaign !== undefined && campaign.progress.done > 0 ? campaign : null
    })

  test("by Ctrl-C is cancelled, says how to go on, and goes on to exactly its runs", async () => {
    const cwd = withSuite({ repeats: 2 })
    const child = slow(cwd)
    const { id } = await first(cwd)
    const exit = new Promise((resolve) => child.once("exit", resolve))
    child.kill("SIGINT")
    expect(await exit).toBe(130)
    const cut = studio(cwd, ["campaigns", "show", id, "--json"]).json()
    expect(cut.status).toBe("cancelled")
    const others = ["--backend", "a=mock:slow,value=2", "--backend", "b=mock:slow,value=2,seed=3"]
    const refused = studio(cwd, ["run", "--resume", id, ...others, "--json"])
    expect(refused.status).toBe(2)
    expect(refused.json().error).toMatchObject({
      code: "backend-changed",
      message: `The backend "b" has other settings than the campaign ${id} began with: seed was 2, is 3.`
    })
    const { status, json } = studio(cwd, ["run", "--resume", id, "--json", "--quiet"])
    expect(status).toBe(0)
    expect(json().campaign).toMatchObject({ status: "succeeded", planned: 4, succeeded: 4 })
    const kept = cut.runs.filter((run: { status: string }) => run.status === "succeeded")
    expect(json().campaign.runs).toEqual(expect.arrayContaining(kept))
  })

  test("is not gone on with as another suite", async () => {
    const cwd = withSuite({ repeats: 2 })
    const child = slow(cwd)
    const { id } = await first(cwd)
    child.kill("SIGKILL")
    writeFileSync(join(cwd, "suite.yaml"), suiteFile({ repeats: 3 }))
    await until(() => studio(cwd, ["campaigns", "show", id, "--json"]).json().status === "interrupted" || null)
    expect(studio(cwd, ["run", "suite.yaml", "--resume", id, "--json"]).json().error.code).toBe("suite-changed")
  })
})

describe("reports", () => {
  test.each([
    ["--junit", "gone/out.xml"],
    ["--markdown", "."]
  ])("a file of %s that cannot be written is refused before anything is run", (option, file) => {
    const cwd = withSuite()
    const { status, json } = gated(cwd, "1.00", "--allow-mock", option, file)
    expect(status).toBe(2)
    expect(json().error).toMatchObject({ code: "usage", path: option.slice(2) })
    expect(json().error.message).toContain(`${option} ${file} cannot be written`)
    expect(studio(cwd, ["campaigns", "list", "--json"]).json()).toEqual({ items: [] })
  })

  test.each([
    ["mock:clean,seed=2,slowdown=1.15", "failure"],
    ["mock:crash", "error"]
  ])("JUnit XML of %s validates", async (candidate, child) => {
    const cwd = withSuite({ suite: `nightly <"a" & 'b'>`, repeats: 3 })
    studio(cwd, ["run", "suite.yaml", "--backend", "a=mock:clean", "--backend", `b=${candidate}`, "--junit", "out.xml"])
    const contents = readFileSync(join(cwd, "out.xml"), "utf8")
    const schema = readFileSync(join(import.meta.dirname, "junit.xsd"), "utf8")
    const { errors } = await validateXML({ xml: { fileName: "out.xml", contents }, schema })
    expect(errors).toEqual([])
    expect(contents).toContain(`<${child} `)
  })

  test("Markdown tells a stranger what happened, JUnit a build server", () => {
    const cwd = withSuite({ repeats: 2 })
    studio(cwd, ["run", "suite.yaml", ...arms("1.00"), "--junit", "out.xml", "--markdown", "out.md", "--quiet"])
    const markdown = readFileSync(join(cwd, "out.md"), "utf8")
    expect(steady(markdown)).toMatchInlineSnapshot(`
      "## ➖ inconclusive: nightly on base, cand

      Not decided: random (base to cand): latency is shown and not judged: 2 runs per side cannot tell a change from noise; 3 more repeats would decide.

      > No engine was measured: the results are mock.

      |  | case and point | baseline | candidate | gates | usable runs |
      | --- | --- | --- | --- | --- | --- |
      | ➖ inconclusive | random | base | cand | p50 +1.56 % (limit 5 %) | 2 and 2 |

      ### Gates that do not pass

      | gate | where | outcome | change | interval | reason | more runs per side |
      | --- | --- | --- | --- | --- | --- | --- |
      | p50 | random (base to cand) | inconclusive | +1.56 % | - | too-few-runs | 3 |

      Every measured run is valid.

      ### Run it again

      \`\`\`sh
      studio run suite.yaml --backend base=mock:clean,seed=1 --backend cand=mock:clean,seed=2,slowdown=1.00
      studio campaigns show ID
      \`\`\`

      <sub>campaign ID, suite nightly version 1, seed 1: 4 of 4 measured runs succeeded, 0 failed, in … s</sub>
      "
    `)
    expect(steady(readFileSync(join(cwd, "out.xml"), "utf8"))).toMatchInlineSnapshot(`
      "<?xml version="1.0" encoding="UTF-8"?>
      <testsuites name="studio" tests="1" failures="0" errors="0" time="…">
        <testsuite name="nightly" tests="1" failures="0" errors="0" skipped="1" time="…" timestamp="…" hostname="localhost">
          <properties>
            <property name="campaign" value="ID"/>
            <property name="verdict" value="inconclusive"/>
            <property name="sentence" value="Not decided: random (base to cand): latency is shown and not judged: 2 runs per side cannot tell a change from noise; 3 more repeats would decide."/>
            <property name="backends" value="base, cand"/>
          </properties>
          <testcase name="p50 (base to cand)" classname="nightly.random" time="…">
            <skipped message="inconclusive: p50 +1.56 % (limit 5 %): latency is shown and not judged: 2 runs per side cannot tell a change from noise; 3 more runs per side would decide"/>
          </testcase>
        </testsuite>
      </testsuites>
      "
    `)
  })
})

/** Without what differs from time to time. */
const steady = (text: string): string =>
  text
    .replaceAll(/campaign( show)? [a-z0-9]{12}/gu, "campaign$1 ID")
    .replaceAll(/"campaign" value="[a-z0-9]{12}"/gu, '"campaign" value="ID"')
    .replaceAll(/campaigns show [a-z0-9]{12}/gu, "campaigns show ID")
    .replaceAll(/time(stamp)?="[^"]*"/gu, 'time$1="…"')
    .replaceAll(/in [\d.]+ s/gu, "in … s")
