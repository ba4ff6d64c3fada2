import * as Effect from "effect/Effect"
import { expect } from "vitest"
import type { Comparison } from "../../../src/domain/comparison.ts"
import type { ConsistencyReport } from "../../../src/domain/parity.ts"
import type { CaseSpec, CaseVerdict } from "../../../src/domain/parityCase.ts"
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

  "a case is found by its name or a prefix of its id, in the order of saving": Effect.fnUntraced(function* (store) {
    const rain = yield* store.createCase(rainCase)
    const [moon] = yield* store.saveCases([{ ...rainCase, name: "moon", prompt: "The moon" }])
    expect(yield* store.case("rain")).toEqual(rain)
    expect(yield* store.case(moon?.id.slice(0, 8) ?? "")).toEqual(moon)
    expect(yield* store.cases).toEqual([rain, moon])
    expect(yield* Effect.flip(store.case("sun"))).toMatchObject({ reason: "not-found" })
    expect(yield* store.removeCase("rain")).toEqual(rain)
    expect(yield* store.cases).toEqual([moon])
  }),

  "a name belongs to one case, and who saves it again keeps its id": Effect.fnUntraced(function* (store) {
    const rain = yield* store.createCase(rainCase)
    expect(yield* Effect.flip(store.createCase(rainCase))).toMatchObject({ reason: "name-taken" })
    yield* store.createCase({ ...rainCase, name: "moon" })
    expect(yield* Effect.flip(store.replaceCase("rain", { ...rainCase, name: "moon" }))).toMatchObject({
      reason: "name-taken"
    })
    expect((yield* store.saveCases([{ ...rainCase, tags: ["x"] }]))[0]).toMatchObject({ id: rain.id, tags: ["x"] })
    const renamed = yield* store.replaceCase("rain", { ...rainCase, name: "snow" })
    expect(renamed).toMatchObject({ id: rain.id, name: "snow", createdAt: rain.createdAt })
    expect((yield* store.cases).map(({ name }) => name)).toEqual(["snow", "moon"])
  }),

  "of a case and a pair of backends the last verdict is kept, until its input changes": Effect.fnUntraced(
    function* (store) {
      yield* store.createCase(rainCase)
      const first = { ...verdict, candidate: "jax" }
      yield* store.saveCaseVerdicts([{ name: "rain", verdict: first }])
      yield* store.saveCaseVerdicts([
        { name: "rain", verdict },
        { name: "rain", verdict: { ...first, outcome: "fail" } },
        { name: "gone", verdict }
      ])
      expect((yield* store.case("rain")).verdicts).toEqual([verdict, { ...first, outcome: "fail" }])
      expect((yield* store.replaceCase("rain", { ...rainCase, tags: ["x"] })).verdicts).toHaveLength(2)
      expect((yield* store.replaceCase("rain", { ...rainCase, prompt: "Sun" })).verdicts).toEqual([])
    }
  ),

  "what a backend said of itself is kept, the newest first": Effect.fnUntraced(function* (store) {
    const reports = ["r1", "r2"].map((id) => ({ ...report, id }))
    for (const each of reports) yield* store.saveConsistencyReport(each)
    yield* store.saveConsistencyReport({ ...report, id: "r3", backend: "jax" })
    expect(yield* store.consistencyReports("pt")).toEqual(reports.toReversed())
    expect(yield* store.consistencyReports("none")).toEqual([])
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

const rainCase: CaseSpec = { name: "rain", prompt: "Rain", tolerance: null, tags: [] }

const verdict: CaseVerdict = {
  baseline: "pt",
  candidate: "pt-2",
  outcome: "pass",
  maxAbsDelta: 1e-6,
  comparisonId: "c1",
  at: "2026-01-01T00:00:00.000Z"
}

const report: ConsistencyReport = {
  id: "",
  backend: "pt",
  createdAt: "2026-01-01T00:00:00.000Z",
  systemHash: null,
  outcome: "pass",
  checks: []
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
  provenances: ["real"],
  comparability: { outcome: "comparable", differences: [] },
  verdict: { outcome: "pass", sentence: "They agree.", reasons: [], wouldDecide: null },
  gates: [],
  metrics: [],
  parity: null,
  divergences: [],
  scores: null,
  pairs: [],
  levels: []
}
