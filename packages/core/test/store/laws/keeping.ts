import * as Effect from "effect/Effect"
import { expect } from "vitest"
import type { Comparison } from "../../../src/domain/comparison.ts"
import type { Probe } from "../../../src/domain/probe.ts"
import { newId } from "../../../src/store/newId.ts"
import { seedOf } from "../arbitraryLog.ts"
import type { Laws } from "../storeSuite.ts"

export const keepingLaws: Laws = {
  "a comparison is found by a prefix of its id, the newest first": Effect.fnUntraced(function* (store) {
    const saved = ["c1", "c2", "c3"].map((id) => ({ ...comparison, id: `${id}${newId()}` }))
    for (const each of saved) yield* store.saveComparison(each)
    expect(yield* store.comparison("c2")).toEqual(saved[1])
    expect(yield* store.comparisons(2)).toEqual([saved[2], saved[1]])
    expect(yield* Effect.flip(store.comparison("c"))).toMatchObject({ reason: "ambiguous-id" })
    expect(yield* Effect.flip(store.comparison("d"))).toMatchObject({
      reason: "not-found",
      message: "No comparison with id d"
    })
  }),

  "a backend is what was saved last": Effect.fnUntraced(function* (store) {
    yield* store.saveBackend("pt", { adapter: "sglang-pytorch", url: "http://127.0.0.1:1" })
    yield* store.saveBackend("a", { adapter: "mock" })
    yield* store.saveBackend("pt", { adapter: "sglang-pytorch", url: "http://127.0.0.1:2" })
    expect(yield* store.backends).toEqual([
      { name: "a", config: { adapter: "mock" } },
      { name: "pt", config: { adapter: "sglang-pytorch", url: "http://127.0.0.1:2" } }
    ])
  }),

  "a probe is kept by the name that was probed": Effect.fnUntraced(function* (store) {
    expect(yield* store.probe("pt")).toBeNull()
    for (const at of ["2026-01-01T00:00:00.000Z", "2026-01-02T00:00:00.000Z"])
      yield* store.saveProbe("pt", { ...probe, at })
    expect(yield* store.probe("pt")).toEqual({ ...probe, at: "2026-01-02T00:00:00.000Z" })
  }),

  "imported content is known again": Effect.fnUntraced(function* (store) {
    const imported = { from: "bench.jsonl", at: "2026-01-01T00:00:00.000Z", sha256: "ab".repeat(32) }
    expect(yield* store.importedAs(imported.sha256)).toBeNull()
    const run = yield* store.create(seedOf({ imported, provenance: "unknown" }), null)
    yield* store.create(seedOf(), null)
    expect(yield* store.importedAs(imported.sha256)).toBe(run.id)
    expect((yield* store.get(run.id)).imported).toEqual(imported)
  })
}

const probe: Probe = {
  reachable: true,
  server: "SGLang 0.5.0",
  decidedBy: "GET /server_info",
  fingerprint: null,
  capabilities: [],
  notes: []
}

const comparison: Comparison = {
  id: "",
  createdAt: "2026-01-01T00:00:00.000Z",
  arms: [{ label: "pt", runIds: ["a"] }],
  comparability: { outcome: "comparable", differences: [] },
  verdict: { outcome: "pass", sentence: "They agree.", reasons: [], wouldDecide: null },
  gates: [],
  metrics: [],
  parity: null,
  divergences: [],
  scores: null,
  pairs: []
}
