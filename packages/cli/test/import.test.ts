import { appendFileSync, mkdirSync, truncateSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { servingLine } from "./fixtures/servingLine.ts"
import { studio, temporaryFolder } from "./studio.ts"

interface Imported {
  readonly runs: readonly {
    readonly adapter: string
    readonly provenance: string
    readonly fingerprint: { readonly engine_version: string } | null
    readonly metrics: { readonly [name: string]: { readonly value: number; readonly definition: string } }
    readonly validity: { readonly outcome: string; readonly findings: readonly { readonly code: string }[] }
  }[]
  readonly skipped: readonly { readonly line: number | null; readonly reason: string }[]
}

const importFile = (cwd: string, file: string) => {
  const { status, stderr, json } = studio(cwd, ["import", file, "--json"])
  return { status, stderr, ...(json() as Imported) }
}

describe("a file that both engines wrote to, over years", () => {
  const all = [
    servingLine("pytorch-0.5.12"),
    servingLine("jax-newest"),
    servingLine("pytorch-newest").slice(0, 400),
    "",
    servingLine("pytorch-newest"),
    servingLine("jax-first"),
    "not a line of it",
    '{"dataset_name": "random-ids", "request_rate": 1}'
  ]
  const written = () => {
    const cwd = temporaryFolder()
    writeFileSync(join(cwd, "nightly.jsonl"), all.map((line) => `${line}\n`).join(""))
    return cwd
  }

  test("is a run a line, each with its engine; a line that cannot be read is skipped by its number", () => {
    const { status, runs, skipped } = importFile(written(), "nightly.jsonl")
    expect(status).toBe(0)
    expect(
      runs.map(({ adapter, provenance, fingerprint }) => [adapter, provenance, fingerprint?.engine_version])
    ).toEqual([
      ["sglang-pytorch", "unknown", "0.5.12"],
      ["sglang-jax", "unknown", "0.0.2"],
      ["sglang-pytorch", "unknown", "0.5.17"],
      ["sglang-jax", "unknown", "0.0.2"]
    ])
    expect(skipped.map(({ line, reason }) => `${line}: ${reason.slice(0, 60)}`)).toMatchInlineSnapshot(`
      [
        "3: Line 3 is not JSON: {"tag":null,"backend":"sglang","dataset_",
        "7: Line 7 is not JSON: not a line of it",
        "8: Line 8 is no result of bench_serving: no number under durati",
      ]
    `)
  })

  test("old lines have the percentiles that their per-request values give, and say which they lack", () => {
    const { runs } = importFile(written(), "nightly.jsonl")
    const definitions = runs.map(({ metrics }) => metrics["e2e_latency_ms.p95"]?.definition ?? null)
    expect(definitions).toEqual([
      null,
      "studio.computed/e2e_latency-from-output-details",
      "sglang.bench_serving/p95_e2e_latency_ms",
      null
    ])
    const codes = runs.map(({ validity }) => validity.findings.map(({ code }) => code))
    expect(codes.map((each) => each.includes("percentile-missing"))).toEqual([true, true, false, true])
    expect(codes.map((each) => each.includes("secret-redacted"))).toEqual([true, true, true, true])
  })

  test("imported again is nothing new; grown by a line, it is that line", () => {
    const cwd = written()
    importFile(cwd, "nightly.jsonl")
    const again = importFile(cwd, "nightly.jsonl")
    // Nothing came in, and not all that was left out is in already.
    expect([again.status, again.runs]).toEqual([2, []])
    expect(again.skipped.filter(({ reason }) => reason === "duplicate").map(({ line }) => line)).toEqual([1, 2, 5, 6])
    appendFileSync(join(cwd, "nightly.jsonl"), `${servingLine("pytorch-cache-report")}\n`)
    const { runs, skipped } = importFile(cwd, "nightly.jsonl")
    expect(runs).toMatchObject([
      {
        adapter: "sglang-pytorch",
        metrics: {
          cache_hit_rate: { value: 0.5, definition: "sglang.bench_serving/cache_report.cache_hit_rate_pct" }
        }
      }
    ])
    expect(runs[0]?.validity.findings.map(({ code }) => code)).toContain("cache-warm")
    expect(skipped).toEqual(again.skipped)
  })
})

const holding = (text: string) => {
  const cwd = temporaryFolder()
  writeFileSync(join(cwd, "results.json"), text)
  return importFile(cwd, "results.json")
}
/** As formatters write it; what Python wrote that JSON does not have stays. */
const pretty = (line: string, indent = "  ") =>
  JSON.stringify(JSON.parse(line.replaceAll("Infinity", '"Infinity"')), null, indent).replaceAll(
    '"Infinity"',
    "Infinity"
  )

describe("a file that was made one JSON document", () => {
  test("of one result is that run, with the findings of its line", () => {
    const line = servingLine("pytorch-cache-report")
    const { status, runs, skipped } = holding(pretty(line))
    expect([status, skipped]).toEqual([0, []])
    const [own] = holding(line).runs
    expect(runs).toMatchObject([
      { adapter: "sglang-pytorch", metrics: own?.metrics, validity: { findings: own?.validity.findings } }
    ])
    expect(runs[0]?.validity.findings.map(({ code }) => code)).toContain("nonfinite-json")
  })

  test.each([
    ["on many lines", "\n  "],
    ["on one line", " "]
  ])("of a list of both engines' results %s is a run each; what is none is skipped by its place", (_, space) => {
    const results = [
      servingLine("pytorch-newest"),
      '{"dataset_name": "x", "request_rate": 1}',
      servingLine("jax-newest")
    ]
    const { status, runs, skipped } = holding(`[${space}${results.join(`,${space}`)}${space}]\n`)
    expect(status).toBe(0)
    expect(runs.map(({ adapter }) => adapter)).toEqual(["sglang-pytorch", "sglang-jax"])
    expect(skipped).toMatchObject([
      { line: 2, reason: expect.stringMatching(/^Result 2 is no result of bench_serving/) }
    ])
  })

  test("that is cut off is skipped once, not line by line", () => {
    const { status, runs, skipped } = holding(pretty(servingLine("pytorch-newest")).slice(0, -20))
    expect([status, runs]).toEqual([2, []])
    expect(skipped).toMatchObject([{ line: null, reason: expect.stringMatching(/^The file is not JSON/) }])
  })
})

test("the mark of UTF-8 at the beginning is no part of the first record", () => {
  const { runs, skipped } = holding(`\uFEFF${servingLine("pytorch-newest")}\n${servingLine("jax-newest")}\n`)
  expect([runs.length, skipped]).toEqual([2, []])
})

test("a line is told by its number in a file of one line too", () => {
  const { skipped } = holding('{"dataset_name": "random-ids", "request_rate": 1}\n')
  expect(skipped).toMatchObject([{ line: 1, reason: expect.stringMatching(/^Line 1 is no result/) }])
})

test("a folder without results is named", () => {
  const cwd = temporaryFolder()
  mkdirSync(join(cwd, "empty/deeper"), { recursive: true })
  writeFileSync(join(cwd, "empty/notes.md"), "nothing")
  const { status, runs, skipped } = importFile(cwd, "empty")
  expect([status, runs]).toEqual([2, []])
  expect(skipped).toEqual([
    { path: "empty", line: null, reason: "it holds no result file (.jsonl, .json or .json.gz)" }
  ])
})

test("a value that cannot be is left out and told", () => {
  const changes = { completed: -5, mean_ttft_ms: "fast", p99_itl_ms: -1, accept_length: null }
  const [run] = holding(servingLine("pytorch-newest", changes)).runs
  expect(Object.keys(run?.metrics ?? {})).not.toContain("completed")
  expect(Object.keys(run?.metrics ?? {})).not.toContain("ttft_ms.mean")
  expect(run?.metrics["request_throughput"]).toMatchObject({ value: 2 })
  expect(run?.validity).toMatchObject({
    outcome: "suspect",
    findings: expect.arrayContaining([
      expect.objectContaining({
        code: "implausible-value",
        message:
          'Left out, since it can be no measured value: completed is -5, mean_ttft_ms is "fast", p99_itl_ms is -1.',
        evidence: { values: { completed: -5, mean_ttft_ms: "fast", p99_itl_ms: -1 } }
      })
    ])
  })
})

describe("a very large file", () => {
  test("with one line of 50 MB is imported", () => {
    const cwd = temporaryFolder()
    const generated_texts = [" a".repeat(25_000_000), " b", " c", " d"]
    writeFileSync(join(cwd, "long.jsonl"), servingLine("pytorch-cache-report", { generated_texts }))
    const { status, runs } = importFile(cwd, "long.jsonl")
    expect([status, runs.length]).toEqual([0, 1])
  })

  test("above the limit is left out, with the reason", () => {
    const cwd = temporaryFolder()
    writeFileSync(join(cwd, "huge.jsonl"), servingLine("pytorch-newest"))
    truncateSync(join(cwd, "huge.jsonl"), 65 * 1024 * 1024)
    const { status, skipped } = importFile(cwd, "huge.jsonl")
    expect([status, skipped]).toEqual([
      2,
      [{ path: "huge.jsonl", line: null, reason: "it has more than 64 MiB; import it in parts, a run a line" }]
    ])
  })
})
