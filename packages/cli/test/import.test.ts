import { appendFileSync, truncateSync, writeFileSync } from "node:fs"
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
    readonly validity: { readonly findings: readonly { readonly code: string }[] }
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
