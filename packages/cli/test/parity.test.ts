import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { startServer, studio, temporaryFolder, until } from "./studio.ts"

const examples = join(import.meta.dirname, "../../../examples/parity/prompts.jsonl")

const quick = [
  { name: "ferry", prompt: "The ferry leaves the old pier every half hour and then it" },
  { name: "bread", prompt: "To bake a loaf of bread, mix flour, water and salt, and then" },
  {
    name: "refund",
    score: {
      query: "Does this help? ",
      items: ["It does.", "Ask the driver."],
      labels: [" yes", " no"],
      apply_softmax: true
    }
  }
]

const withCases = (cases: readonly object[] = quick) => {
  const cwd = temporaryFolder()
  writeFileSync(join(cwd, "cases.jsonl"), cases.map((line) => `${JSON.stringify(line)}\n`).join(""))
  return cwd
}

const parity = (cwd: string, candidate: string, ...more: readonly string[]) =>
  studio(cwd, ["parity", "--backend", "a=mock:clean", "--backend", `b=${candidate}`, ...more])

describe("the example prompts, gated", () => {
  test.each([
    ["mock:temperature,value=0.7", 1, "fail", "raw-vs-temperature"],
    ["mock:clean,seed=2,noise=fp32", 0, "pass", undefined]
  ])("against %s: exit %d", (candidate, code, outcome, cause) => {
    const flags = ["--cases", examples, "--noise-floor", "1", "--gate", "--allow-mock", "--json", "--quiet"]
    const { status, json, stderr } = parity(temporaryFolder(), candidate, ...flags)
    const { comparison, levels, runs } = json()
    expect(status, stderr).toBe(code)
    expect(comparison.verdict.outcome).toBe(outcome)
    expect(comparison.divergences[0]?.cause).toBe(cause)
    expect(levels.map((level: { level: string }) => level.level)).toEqual(["L0", "L1", "L2", "L3", "L4"])
    expect(new Set(runs.map((run: { provenance: string }) => run.provenance))).toEqual(new Set(["mock"]))
    expect(stderr).toBe("")
  })

  test("a backend that never answers passes nothing, and the text counts what failed", () => {
    const { status, stdout } = studio(temporaryFolder(), ["parity", "--self", "--backend", "q=mock:crash", "--quiet"])
    expect(status).toBe(4)
    expect(stdout).toContain("q against itself: ~ inconclusive")
    expect(stdout).toMatch(/q did not answer (\d+) of \1 requests, first run \w+: crashed: /)
    expect(stdout).not.toContain("pass")
  })

  test("on two prompts nothing is decided, and a number would decide", () => {
    const { status, json } = parity(
      withCases(quick.slice(0, 2)),
      "mock:clean",
      "--cases",
      "cases.jsonl",
      "--gate",
      "--allow-mock",
      "--json"
    )
    expect(status).toBe(3)
    expect(json().comparison.verdict.would_decide).toMatch(/28 more prompts/)
  })

  test("a gate does not judge mocks, and says so before it runs anything", () => {
    const cwd = withCases()
    const { status, json } = parity(cwd, "mock:clean", "--cases", "cases.jsonl", "--gate", "--json")
    expect(status).toBe(2)
    expect(json().error).toMatchObject({ code: "mock-refused" })
    expect(studio(cwd, ["runs", "list", "--json"]).json().items).toEqual([])
  })
})

describe("what a person reads", () => {
  test("the verdict, each level with its reason, the cause with its evidence, and what was checked", () => {
    const { status, stdout, stderr } = parity(withCases(), "mock:cache-dependent", "--cases", "cases.jsonl")
    expect(status).toBe(0)
    expect(stderr).toMatch(/asking the cases: 6 runs/)
    expect(stdout).toMatch(/^✕ fail {2}b does not match a: .+ \(cache-dependent\)\.$/m)
    for (const line of [
      /L0 same token ids\? +✓ pass/,
      /L1 same logprobs for the same ids\? +✕ fail/,
      /L4 same scores\?/
    ])
      expect(stdout).toMatch(line)
    expect(stdout).toMatch(/evidence: arm b, .+flushed differs 3/)
    expect(stdout).toContain("checks: flush cache and retry (confirmed), repeat (confirmed)")
    expect(stdout.split("\n").every((line) => line === line.trimEnd())).toBe(true)
  })

  test("of one backend: whether it answers the same however it is asked", () => {
    const sound = studio(temporaryFolder(), ["parity", "--backend", "a=mock:clean", "--self", "--gate", "--allow-mock"])
    expect(sound.status).toBe(0)
    expect(sound.stdout).toMatch(/^a gives the same answer however it is asked, in 9 ways\.$/m)
    const faulty = studio(withCases(), [
      "parity",
      "--backend",
      "a=mock:batch-dependent",
      "--self",
      "--cases",
      "cases.jsonl",
      "--gate",
      "--allow-mock"
    ])
    expect(faulty.status).toBe(1)
    expect(faulty.stdout).toMatch(/^ {2}batched +✕ fail .+ in \w+$/m)
    expect(faulty.stdout).toContain("(batch-dependent)")
  })
})

describe("what cannot be checked", () => {
  test("a bad line of the cases is told by file, line and field, with what it should be", () => {
    const cwd = withCases([quick[0]!, { name: "x", prompt: 5 }, { name: "y", score: { query: "q", items: ["a"] } }])
    const { status, json } = parity(cwd, "mock:clean", "--cases", "cases.jsonl", "--json")
    expect(status).toBe(2)
    const { error } = json()
    expect(error).toMatchObject({ code: "invalid-cases", path: "prompt" })
    expect(error.message).toContain("cases.jsonl:2: prompt: ")
    expect(error.message).toContain("cases.jsonl:3: score: give either labels or label_token_ids")
    expect(error.hint).toContain('{"name": "…", "prompt": "…"}')
  })

  test.each([
    [["--cases", "none.jsonl"], "cases"],
    [["--case", "none"], undefined],
    [["--cases", "cases.jsonl", "--noise-floor", "x"], "noise_floor"]
  ])("%j", (more, path) => {
    const { status, json } = parity(withCases(), "mock:clean", ...more, "--json")
    expect(status).toBe(2)
    expect(json().error.path).toBe(path)
  })

  test("a backend that does not answer is no verdict, and the document is still printed", () => {
    const { status, json } = parity(
      withCases(),
      "sglang-jax:http://127.0.0.1:9",
      "--cases",
      "cases.jsonl",
      "--gate",
      "--allow-mock",
      "--json"
    )
    expect(status).toBe(4)
    expect(json().comparison.verdict.outcome).toBe("inconclusive")
  })
})

describe("stored cases", () => {
  test("come back from export and import byte for byte, and are listed with their verdicts", () => {
    const cwd = withCases()
    expect(studio(cwd, ["cases", "import", "cases.jsonl"]).status).toBe(0)
    studio(cwd, ["cases", "add", "ids", "--input-ids", "[5, 6, 7]", "--tag", "short", "--tolerance", "0.5"])
    const { stdout: lines } = studio(cwd, ["cases", "export"])
    const other = temporaryFolder()
    expect(studio(other, ["cases", "import", "-"], {}, lines).status).toBe(0)
    expect(studio(other, ["cases", "export"]).stdout).toBe(lines)
    expect(studio(other, ["cases", "import", "-", "--json"], {}, lines).json().items).toHaveLength(4)
    expect(studio(other, ["cases", "export"]).stdout).toBe(lines)

    const backends = ["--backend", "a=mock:clean", "--backend", "b=mock:clean"]
    const run = studio(cwd, ["cases", "run", ...backends, "--only", "short", "--json"])
    expect(run.status).toBe(0)
    expect(run.json().comparison.pairs.map((pair: { case: string }) => pair.case)).toEqual(["ids"])
    const listed = studio(cwd, ["cases", "list", "--json"]).json().items
    expect(listed.map((item: { name: string; verdicts: object[] }) => [item.name, item.verdicts.length])).toEqual([
      ["ferry", 0],
      ["bread", 0],
      ["refund", 0],
      ["ids", 1]
    ])
    expect(parity(cwd, "mock:clean", "--case", "ferry", "--json").json().comparison.pairs).toHaveLength(1)
  })

  test("are served, checked and changed over HTTP", async () => {
    const { url } = await startServer(temporaryFolder())
    const call = async (method: string, path: string, body?: object) => {
      const response = await fetch(`${url}/api/v1${path}`, {
        method,
        ...(method !== "GET" && { headers: { "content-type": "application/json" }, body: JSON.stringify(body ?? {}) })
      })
      return { status: response.status, body: JSON.parse(await response.text()) }
    }
    const added = await call("POST", "/cases", quick[2])
    expect(added).toMatchObject({
      status: 201,
      body: { name: "refund", score: { item_first: false }, verdicts: [] }
    })
    expect(await call("POST", "/cases", quick[2])).toMatchObject({ status: 409, body: { code: "name-taken" } })
    expect(await call("POST", "/cases", { name: "x" })).toMatchObject({
      status: 400,
      body: { code: "invalid-request" }
    })
    expect((await call("POST", "/cases", { name: "y", input: { generate: { prompt: "p" } } })).body.prompt).toBe("p")
    expect(await call("PUT", "/cases/y", { ...quick[0], tags: ["t"] })).toMatchObject({
      status: 200,
      body: { name: "ferry" }
    })
    expect((await call("GET", "/cases?tag=t")).body.items).toHaveLength(1)
    expect((await call("POST", "/cases/export")).body.lines.split("\n")).toHaveLength(3)
    expect(await call("DELETE", "/cases/ferry")).toMatchObject({ status: 200, body: { name: "ferry" } })
    expect(await call("GET", "/cases/ferry")).toMatchObject({ status: 404, body: { code: "not-found" } })

    const backends = ["a=mock:clean", "b=mock:batch-dependent"]
    const started = await call("POST", "/cases/run", { backends, ids: ["refund"] })
    expect(started).toMatchObject({ status: 201, body: { status: "running", backends, comparison: null } })
    const done = await until(async () => {
      const { body } = await call("GET", `/cases/run/${started.body.id}`)
      return body.status === "running" ? null : body
    })
    expect(done).toMatchObject({ status: "done", error: null, comparison: { verdict: { outcome: "fail" } } })
    expect(done.levels).toHaveLength(5)
    expect((await call("GET", "/cases/refund")).body.verdicts).toMatchObject([{ candidate: "b", outcome: "fail" }])
    const again = await call("POST", `/compares/${done.comparison.id}/confirm`, { actions: ["repeat"] })
    expect(again).toMatchObject({ status: 201, body: { divergences: [{ cause: "batch-dependent" }] } })

    expect(await call("POST", "/cases/run", { backends: ["a", "nobody"] })).toMatchObject({
      status: 404,
      body: { code: "unknown-backend" }
    })
    const self = await call("POST", "/cases/run", { backends: ["a"], self: true, ids: ["refund"] })
    await until(async () => ((await call("GET", `/cases/run/${self.body.id}`)).body.status === "done" ? true : null))
    expect((await call("GET", "/backends/a/self-checks")).body.items).toMatchObject([{ backend: "a", outcome: "pass" }])
  })
})

test("a comparison of stored runs makes the checks that it suggests when it is told to", () => {
  const cwd = temporaryFolder()
  const flags = ["--backend", "a=mock:clean", "--backend", "b=mock:cache-dependent", "--prompt", quick[0]!.prompt!]
  const { runs } = studio(cwd, ["generate", ...flags, "--json"]).json()
  const ids = runs.map((run: { id: string }) => run.id)
  expect(studio(cwd, ["compare", ...ids]).stdout).toContain("repeat (suggested)")
  const { status, stdout } = studio(cwd, ["compare", ...ids, "--confirm"])
  expect(status).toBe(0)
  expect(stdout).toContain("flush cache and retry (confirmed), repeat (confirmed)")
})
