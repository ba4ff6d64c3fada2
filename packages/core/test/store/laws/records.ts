import * as Effect from "effect/Effect"
import * as fc from "fast-check"
import { expect } from "vitest"
import { keyMetricOf } from "../../../src/domain/keyMetric.ts"
import type { RunLogEntry, RunLogEvent } from "../../../src/domain/event.ts"
import { replay } from "../../../src/machine/project.ts"
import { currentOwner } from "../../../src/store/owner.ts"
import { arbitraryAppends, seedOf } from "../arbitraryLog.ts"
import type { Laws, Store } from "../storeSuite.ts"

const started: readonly RunLogEvent[] = [
  { type: "status", status: "starting", error: null },
  { type: "status", status: "running", error: null }
]
const succeeded: RunLogEvent = { type: "status", status: "succeeded", error: null }

export const recordLaws: Laws = {
  "the stored run is the fold of its log, whatever was tried": (store) =>
    Effect.promise(() =>
      fc.assert(
        fc.asyncProperty(arbitraryAppends, (appends) => Effect.runPromise(checkFold(store, appends))),
        { numRuns: 60 }
      )
    ),

  "a new run is queued and in flight": Effect.fnUntraced(function* (store) {
    const run = yield* store.create(seedOf({ tags: ["nightly"] }), currentOwner())
    expect(run).toMatchObject({ status: "queued", kind: "benchmark", tags: ["nightly"], startedAt: null })
    expect(yield* store.get(run.id)).toEqual(run)
    expect(yield* store.status).toMatchObject({ inFlight: 1, runs: 1 })
    yield* store.append(run.id, [...started, succeeded])
    expect(yield* store.status).toMatchObject({ inFlight: 0, runs: 1 })
  }),

  "a refused event takes the whole append with it": Effect.fnUntraced(function* (store) {
    const { id } = yield* store.create(seedOf(), currentOwner())
    const refused = yield* Effect.flip(store.append(id, [{ type: "log", line: "kept?" }, succeeded]))
    expect(refused).toMatchObject({ _tag: "StoreError", reason: "illegal-transition" })
    expect(refused.message).toBe(`Run ${id} refuses "status": queued -> succeeded is not a step`)
    expect(yield* store.entries({ runId: id, after: 0, limit: 10 })).toHaveLength(1)
  }),

  "one write that is refused does not touch those that came at the same moment": Effect.fnUntraced(function* (store) {
    const run = yield* store.create(seedOf(), currentOwner())
    const other = yield* store.create(seedOf(), currentOwner())
    const results = yield* Effect.all(
      [
        Effect.result(store.append(run.id, started)),
        Effect.result(store.append(run.id, [succeeded, succeeded])),
        Effect.result(store.append(other.id, started))
      ],
      { concurrency: "unbounded" }
    )
    expect(results.map((result) => result._tag)).toEqual(["Success", "Failure", "Success"])
    expect((yield* store.get(run.id)).status).toBe("running")
    expect((yield* store.get(other.id)).status).toBe("running")
  }),

  "a prefix names a run as soon as it names one only": Effect.fnUntraced(function* (store) {
    yield* store.create(seedOf({ id: "abcd11" }), null)
    yield* store.create(seedOf({ id: "abcd22" }), null)
    expect((yield* store.find("abcd2")).id).toBe("abcd22")
    expect((yield* store.find("ABCD11")).id).toBe("abcd11")
    const ambiguous = yield* Effect.flip(store.find("ab"))
    expect(ambiguous).toMatchObject({ reason: "ambiguous-id", message: "Several runs begin with ab: abcd11, abcd22" })
    for (const absent of ["x", "", "%", "abcd222"]) {
      expect(yield* Effect.flip(store.find(absent))).toMatchObject({ reason: "not-found" })
    }
  }),

  "what is asked of an unknown run says so": Effect.fnUntraced(function* (store) {
    const calls = [
      store.get("nobody"),
      store.append("nobody", started),
      store.entries({ runId: "nobody", after: 0, limit: 1 }),
      store.addSamples("nobody", [sample(1)]),
      store.samples("nobody"),
      store.traceHeaders("nobody"),
      store.requestCancel("nobody")
    ]
    for (const call of calls) {
      expect(yield* Effect.flip(call)).toMatchObject({ reason: "not-found", message: "No run with id nobody" })
    }
  }),

  "the log of all runs is one sequence that resumes after any entry": Effect.fnUntraced(function* (store) {
    const first = yield* store.create(seedOf(), currentOwner())
    const second = yield* store.create(seedOf(), currentOwner())
    yield* store.append(first.id, started)
    yield* store.append(second.id, started)
    const all = yield* store.entries({ after: 0, limit: 100 })
    expect(all.map(({ runId }) => runId)).toEqual([first.id, second.id, first.id, first.id, second.id, second.id])
    expect(all.map(({ seq }) => seq)).toEqual(all.map(({ seq }) => seq).toSorted((a, b) => a - b))
    expect(yield* store.lastSeq).toBe(all.at(-1)?.seq)
    expect(yield* store.entries({ after: all[1]?.seq ?? 0, limit: 2 })).toEqual(all.slice(2, 4))
    const ofFirst = all.filter(({ runId }) => runId === first.id)
    expect(yield* store.entries({ runId: first.id, after: 0, limit: 100 })).toEqual(ofFirst)
  }),

  "the data version moves with every write and rests otherwise": Effect.fnUntraced(function* (store) {
    const before = yield* store.dataVersion
    const run = yield* store.create(seedOf(), currentOwner())
    const created = yield* store.dataVersion
    expect(created).not.toBe(before)
    yield* store.get(run.id)
    expect(yield* store.dataVersion).toBe(created)
  }),

  "samples come back in the order in which they came, nulls as they were": Effect.fnUntraced(function* (store) {
    const run = yield* store.create(seedOf(), currentOwner())
    const samples = [sample(0.1), { ...sample(2), itlMs: [0.5, 1e-9], error: "refused" }, sample(3)]
    yield* store.addSamples(run.id, samples.slice(0, 2))
    yield* store.addSamples(run.id, [])
    yield* store.addSamples(run.id, samples.slice(2))
    expect(yield* store.samples(run.id)).toEqual(samples)
  })
}

const sample = (startMs: number) => ({
  startMs,
  ttftMs: null,
  itlMs: null,
  e2eMs: null,
  inputTokens: null,
  outputTokens: null,
  error: null
})

const checkFold = Effect.fnUntraced(function* (store: Store, appends: readonly (readonly RunLogEvent[])[]) {
  const { id } = yield* store.create(seedOf({ tags: ["a", "a"] }), currentOwner())
  const accepted: RunLogEntry[] = [...(yield* store.entries({ runId: id, after: 0, limit: 1 }))]
  for (const events of appends) {
    const result = yield* Effect.result(store.append(id, events))
    if (result._tag === "Success") accepted.push(...result.success)
    else expect(result.failure.reason).toBe("illegal-transition")
  }
  const run = yield* store.get(id)
  expect(run).toEqual(replay(accepted))
  expect(yield* store.entries({ runId: id, after: 0, limit: 1000 })).toEqual(accepted)
  const listed = [false, true].map((archived) => store.list({ limit: 1, archived, q: id }))
  const [shown, hidden] = yield* Effect.all(listed)
  const summary = run.archived ? hidden?.items[0] : shown?.items[0]
  expect(summary).toMatchObject({
    id,
    status: run.status,
    tags: run.tags,
    validity: run.validity.outcome,
    keyMetric: keyMetricOf(run.metrics)
  })
})
