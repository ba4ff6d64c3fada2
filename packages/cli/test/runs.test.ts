import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { describe, expect, onTestFinished, test } from "vitest"
import { studio, temporaryFolder } from "./studio.ts"

const question = ["--query", "Q", "--item", " x", "--item", " y", "--label", " yes", "--label", " no"]
const nowhere = "http://127.0.0.1:9"

describe("score", () => {
  test("finds the missing BOS and stores both runs", () => {
    const cwd = temporaryFolder()
    const { status, json } = studio(cwd, [
      "score",
      "--backend",
      "a=mock:clean,seed=1",
      "--backend",
      "b=mock:bos-missing,seed=1",
      ...question,
      "--json"
    ])
    const { runs, comparison } = json()
    expect(status).toBe(0)
    expect(runs.map((run: Record<string, unknown>) => [run.status, run.provenance])).toEqual([
      ["succeeded", "mock"],
      ["succeeded", "mock"]
    ])
    expect(comparison.parity.max_abs_delta_logprob).toBeGreaterThan(0)
    expect(comparison.arms[0].label).toBe("a")
    const stored = studio(cwd, ["runs", "list", "--json"]).json()
    expect(stored.items).toHaveLength(2)
  })

  test("sees no difference where there is none, and does not call two prompts a pass", () => {
    const { json } = studio(temporaryFolder(), [
      "score",
      "--backend",
      "a=mock:clean,seed=1",
      "--backend",
      "b=mock:clean,seed=2",
      ...question,
      "--json"
    ])
    const { comparison } = json()
    expect(comparison.parity.max_abs_delta_logprob).toBe(0)
    expect(comparison.verdict.outcome).toBe("inconclusive")
    expect(comparison.verdict.would_decide).toMatch(/\d/)
  })

  test("is told as text, with where its files lie and how to get it again", () => {
    const cwd = temporaryFolder()
    const backend = ["--backend", "a=mock:clean,seed=1"]
    const few = studio(cwd, ["score", ...backend, ...question])
    expect(few.stdout).toContain("again: studio score --backend a=mock:clean,seed=1 --query Q --item ' x'")
    const items = Array.from({ length: 1000 }, (_, index) => ["--item", ` item ${index}`]).flat()
    const many = studio(cwd, ["score", ...backend, "--query", "Q", ...items, "--label", " yes"])
    expect(many.stdout).toMatch(/again: the command has \d+ characters; studio runs show \w+ --json tells it/)
  })

  test("an unreachable backend fails its run and says where it looked", () => {
    const { status, json } = studio(temporaryFolder(), [
      "score",
      "--backend",
      `j=sglang-jax:${nowhere}`,
      ...question,
      "--json"
    ])
    const { runs, comparison } = json()
    expect(status).toBe(4)
    expect(runs[0]).toMatchObject({ status: "failed", error: { code: "unreachable" } })
    expect(runs[0].error.message).toContain("127.0.0.1:9")
    expect(comparison).toBeNull()
  })

  test("a port that speaks HTML is no engine", async () => {
    const server = createServer((_, response) =>
      response.setHeader("content-type", "text/html").end("<html>hello</html>")
    )
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
    onTestFinished(() => void server.close())
    const { port } = server.address() as AddressInfo
    // The server lives in this process: the program must not block it.
    const { startStudio } = await import("./studio.ts")
    const child = startStudio(temporaryFolder(), [
      "score",
      "--backend",
      `j=sglang-jax:http://127.0.0.1:${port}`,
      ...question,
      "--json"
    ])
    let stdout = ""
    child.stdout!.on("data", (bytes: Buffer) => (stdout += bytes.toString()))
    const code = await new Promise((resolve) => child.once("exit", resolve))
    expect(code).toBe(4)
    expect(JSON.parse(stdout).runs[0].error.code).toBe("not-this-engine")
  })

  test("a label that is several tokens is refused, with the pieces", () => {
    const { status, json } = studio(temporaryFolder(), [
      "score",
      "--backend",
      "a=mock:clean",
      "--query",
      "Q",
      "--item",
      " x",
      "--label",
      " yes no maybe",
      "--json"
    ])
    expect(status).toBe(2)
    expect(json().runs[0].error).toMatchObject({ code: "invalid-request" })
  })
})

describe("bad input names the field, the value and the fix", () => {
  test.each([
    ["no items", ["score", "--backend", "a=mock:clean", "--query", "Q", "--label", " yes"], "items"],
    ["no labels", ["score", "--backend", "a=mock:clean", "--query", "Q", "--item", " x"], "labels"],
    ["no query", ["score", "--backend", "a=mock:clean", "--item", " x", "--label", " yes"], "query"],
    ["an unknown scenario", ["score", "--backend", "a=mock:nonsense", ...question], undefined],
    ["an unknown backend", ["score", "--backend", "nobody", ...question], undefined],
    [
      "a negative token id",
      ["score", "--backend", "a=mock:clean", "--query", "Q", "--item", " x", "--label-id", "-1"],
      "label_token_ids"
    ],
    ["ids that are none", ["generate", "--backend", "a=mock:clean", "--input-ids", '[1, "x"]'], "input_ids"],
    ["an unknown mode", ["bench", "serving", "--backend", "a=mock:clean", "--mode", "maybe"], "adapter_mode"],
    ["an unknown verb", ["dance"], undefined],
    ["an unknown run", ["runs", "show", "zzzzzzzz"], undefined],
    ["one run to compare", ["compare", "zzzzzzzz"], "arms"]
  ])("%s", (_, args, path) => {
    const cwd = temporaryFolder()
    const { status, json } = studio(cwd, [...args, "--json"])
    expect(status).toBe(2)
    const { error } = json()
    expect(error.code).toMatch(/^[a-z-]+$/)
    expect(error.message).not.toMatch(/\n\s+at /)
    if (path !== undefined) expect(error.path).toBe(path)
    expect(studio(cwd, ["runs", "list", "--json"]).json().items).toEqual([])
  })
})

describe("adapter modes, with nothing listening", () => {
  const bench = (mode: string) =>
    studio(
      temporaryFolder(),
      ["bench", "serving", "--backend", `j=sglang-jax:${nowhere}`, "--set", "num-prompts=20", "--json"],
      {
        STUDIO_SGLANG_JAX_ADAPTER_MODE: mode
      }
    )

  test("auto falls back to the mock and keeps the reason", () => {
    const { status, json } = bench("auto")
    expect(status).toBe(0)
    expect(json().runs[0]).toMatchObject({
      status: "succeeded",
      provenance: "mock-fallback",
      adapter_error: { code: expect.any(String) }
    })
  })

  test("bench fails and shows no numbers", () => {
    const { status, json } = bench("bench")
    expect(status).toBe(4)
    expect(json().runs[0]).toMatchObject({ status: "failed", metrics: {} })
  })

  test("mock is asked for, so nothing went wrong", () => {
    const { status, json } = bench("mock")
    expect(status).toBe(0)
    expect(json().runs[0]).toMatchObject({ status: "succeeded", provenance: "mock", adapter_error: null })
  })

  test("a mode that is none is a mistake of the user", () => {
    const { status, json } = bench("sometimes")
    expect(status).toBe(2)
    expect(json().error.message).toContain("STUDIO_SGLANG_JAX_ADAPTER_MODE")
  })
})

test("a gate refuses mock results unless it is told otherwise", () => {
  const cwd = temporaryFolder()
  const { runs } = studio(cwd, [
    "score",
    "--backend",
    "a=mock:clean",
    "--backend",
    "b=mock:perturbed",
    ...question,
    "--json"
  ]).json()
  const ids = runs.map((run: { id: string }) => run.id)
  const refused = studio(cwd, ["compare", ...ids, "--gate", "--json"])
  expect([refused.status, refused.json().error.code]).toEqual([2, "mock-refused"])
  const allowed = studio(cwd, ["compare", ...ids, "--gate", "--allow-mock", "--json"])
  expect([allowed.status, allowed.json().verdict.outcome]).toEqual([1, "fail"])
})

test("runs are tagged and archived beside their immutable request", () => {
  const cwd = temporaryFolder()
  const { runs } = studio(cwd, ["generate", "--backend", "a=mock:clean", "--prompt", "Once upon", "--json"]).json()
  const id = runs[0].id.slice(0, 8)
  expect(studio(cwd, ["runs", "tag", id, "nightly", "--json"]).json().tags).toEqual(["nightly"])
  expect(studio(cwd, ["runs", "list", "--tag", "nightly", "--json"]).json().items).toHaveLength(1)
  expect(studio(cwd, ["runs", "archive", id, "--json"]).json().archived).toBe(true)
  expect(studio(cwd, ["runs", "show", id, "--json"]).json().request).toEqual(runs[0].request)
})
