import * as Effect from "effect/Effect"
import * as fc from "fast-check"
import { expect } from "vitest"
import type { RunSeed } from "../../../src/domain/event.ts"
import { currentOwner } from "../../../src/store/owner.ts"
import type { RunQuery } from "../../../src/store/RunQuery.ts"
import { seedOf } from "../arbitraryLog.ts"
import { newId } from "../../../src/store/newId.ts"
import type { Laws, Store } from "../storeSuite.ts"

const score = {
  query: "Is this about a refund?",
  items: [" a"],
  labels: [" yes", " no"],
  labelTokenIds: null,
  applySoftmax: true,
  itemFirst: false,
  oneByOne: false,
  mask: null
}

export const listLaws: Laws = {
  "a filter keeps exactly the runs that have what it names, newest first": (store) =>
    Effect.gen(function* () {
      const runs = yield* Effect.forEach(seeds, (seed) => store.create(seed, currentOwner()))
      yield* Effect.forEach(
        runs.filter((_, index) => index % 3 === 0),
        (run) => store.append(run.id, [{ type: "status", status: "cancelled", error: null }])
      )
      const stored = yield* Effect.forEach(runs, (run) => store.get(run.id))
      yield* Effect.promise(() =>
        fc.assert(
          fc.asyncProperty(anyQuery, async (query) => {
            const expected = stored
              .filter(
                (run) =>
                  (query.backend === undefined || run.backend === query.backend) &&
                  (query.kind === undefined || run.kind === query.kind) &&
                  (query.status === undefined || run.status === query.status) &&
                  (query.provenance === undefined || run.provenance === query.provenance) &&
                  (query.tag === undefined || run.tags.includes(query.tag)) &&
                  (query.suite === undefined || run.tags.includes(`suite:${query.suite}`))
              )
              .map((run) => run.id)
              .toReversed()
            expect(await Effect.runPromise(walk(store, query))).toEqual(expected)
          }),
          { numRuns: 80 }
        )
      )
    }),

  "a search looks at id, title, note, backend and tags, in either case and literally": Effect.fnUntraced(
    function* (store) {
      const plain = yield* store.create(seedOf({ id: "plain1" }), null)
      const scored = yield* store.create(seedOf({ id: "scored", request: { score }, tags: ["50%_off"] }), null)
      yield* store.append(plain.id, [
        { type: "annotated", tags: ["Önly"], note: "Slower since Tuesday", pinned: false, archived: false }
      ])
      const found = (q: string) => Effect.map(store.list({ limit: 10, q }), (page) => page.items.map((run) => run.id))
      expect(yield* found("REFUND")).toEqual([scored.id])
      expect(yield* found("since tues")).toEqual([plain.id])
      expect(yield* found("önLY")).toEqual([plain.id])
      expect(yield* found("50%_off")).toEqual([scored.id])
      expect(yield* found("%")).toEqual([scored.id])
      expect(yield* found("lain1")).toEqual([plain.id])
      expect(yield* found("nothing like it")).toEqual([])
      expect(yield* found("tuesday")).toEqual([plain.id])
      expect(yield* found("day tues")).toEqual([])
      expect(yield* found('"tuesday" OR')).toEqual([])
      expect(yield* found("x".repeat(5000))).toEqual([])
      expect(yield* found("a\0refund")).toEqual([scored.id])
      expect(yield* found("")).toEqual([scored.id, plain.id])
      expect(yield* found("p")).toEqual([scored.id, plain.id])
    }
  ),

  "a search finds what the text has in it, and combines with filters": (store) =>
    Effect.promise(() =>
      fc.assert(
        fc.asyncProperty(
          fc.array(note, { minLength: 1, maxLength: 6 }),
          note,
          fc.nat(5),
          fc.boolean(),
          (notes, any, pick, own) =>
            Effect.runPromise(checkSearch(store, notes, own ? (notes[pick % notes.length] ?? "").slice(pick) : any))
        ),
        { numRuns: 60 }
      )
    ),

  "archived runs are listed only when asked for": Effect.fnUntraced(function* (store) {
    const kept = yield* store.create(seedOf(), null)
    const archived = yield* store.create(seedOf(), null)
    yield* store.append(archived.id, [{ type: "annotated", tags: [], note: "", pinned: false, archived: true }])
    expect((yield* store.list({ limit: 10 })).items.map((run) => run.id)).toEqual([kept.id])
    expect((yield* store.list({ limit: 10, archived: true })).items.map((run) => run.id)).toEqual([archived.id])
  }),

  "new tags replace the old ones": Effect.fnUntraced(function* (store) {
    const run = yield* store.create(seedOf({ tags: ["old", "both"] }), null)
    yield* store.append(run.id, [{ type: "annotated", tags: ["both", "new"], note: "", pinned: true, archived: false }])
    const tagged = (tag: string) => Effect.map(store.list({ limit: 10, tag }), (page) => page.items.length)
    expect(yield* Effect.forEach(["old", "both", "new"], tagged)).toEqual([0, 1, 1])
  }),

  "since takes any RFC 3339 time": Effect.fnUntraced(function* (store) {
    const run = yield* store.create(seedOf(), null)
    const at = new Date(run.createdAt).getTime()
    const count = (since: string) => Effect.map(store.list({ limit: 10, since }), (page) => page.items.length)
    expect(yield* count(run.createdAt)).toBe(1)
    expect(yield* count(new Date(at + 1).toISOString())).toBe(0)
    expect(yield* count(run.createdAt.replace("Z", "+00:00"))).toBe(1)
    expect(yield* count("2020-01-01T00:00:00+02:00")).toBe(1)
  }),

  "a page goes on where its cursor stands while runs are added": Effect.fnUntraced(function* (store) {
    yield* Effect.forEach(["r1", "r2", "r3"], (id) => store.create(seedOf({ id }), null))
    const first = yield* store.list({ limit: 2 })
    expect(first.items.map((run) => run.id)).toEqual(["r3", "r2"])
    yield* store.create(seedOf({ id: "r4" }), null)
    const second = yield* store.list({ limit: 2, cursor: first.nextCursor ?? "" })
    expect(second).toMatchObject({ items: [{ id: "r1" }], nextCursor: null })
  }),

  "a cursor that is none is refused": Effect.fnUntraced(function* (store) {
    for (const cursor of ["", "1", "%%", "cjE7ZHJvcA"]) {
      expect(yield* Effect.flip(store.list({ limit: 2, cursor }))).toMatchObject({ reason: "invalid-cursor" })
    }
  }),

  "10,000 runs are walked page by page, each once": Effect.fnUntraced(function* (store) {
    const seeds = Array.from({ length: 10_000 }, (_, index) => seedOf({ backend: index % 4 === 0 ? "jax" : "pt" }))
    yield* Effect.forEach(seeds, (seed) => store.create(seed, null), { concurrency: 500, discard: true })
    const walked = yield* walk(store, { limit: 1000 })
    expect(new Set(walked).size).toBe(10_000)
    expect(yield* walk(store, { limit: 999, backend: "jax" })).toHaveLength(2_500)
    expect(Buffer.byteLength(JSON.stringify(yield* store.list({ limit: 50 })))).toBeLessThan(60_000)
  })
}

const note = fc.string({ unit: fc.constantFrom("a", "B", "c", " ", '"', "%", "é", "🦙", "'", "*", "\0"), maxLength: 9 })

const checkSearch = Effect.fnUntraced(function* (store: Store, notes: readonly string[], q: string) {
  const tag = newId()
  const ids = yield* Effect.forEach(
    notes,
    Effect.fnUntraced(function* (text) {
      const { id } = yield* store.create(seedOf(), null)
      yield* store.append(id, [{ type: "annotated", tags: [tag], note: "before", pinned: false, archived: false }])
      yield* store.append(id, [{ type: "annotated", tags: [tag], note: `<${text}>`, pinned: false, archived: false }])
      return id
    })
  )
  const form = (text: string) => text.toLowerCase().replaceAll("\0", " ")
  const expected = ids.filter((_, index) => form(`<${notes[index]}>`).includes(form(`<${q}`)))
  expect(yield* walk(store, { limit: 2, tag, q: `<${q}` })).toEqual(expected.toReversed())
  expect(yield* walk(store, { limit: 2, tag, q: "before" })).toEqual([])
})

const seeds: readonly RunSeed[] = Array.from({ length: 40 }, (_, index) =>
  seedOf({
    backend: ["pt", "jax", "fake"][index % 3] ?? "",
    provenance: index % 2 === 0 ? "real" : "mock",
    ...(index % 5 === 0 ? { request: { score } } : {}),
    tags: [...(index % 4 === 0 ? ["nightly"] : []), ...(index % 7 === 0 ? ["suite:lengths"] : []), "all"]
  })
)

const anyQuery: fc.Arbitrary<RunQuery> = fc
  .record(
    {
      backend: fc.constantFrom("pt", "jax", "nobody"),
      kind: fc.constantFrom("score", "benchmark", "generate"),
      status: fc.constantFrom("queued", "cancelled", "succeeded"),
      provenance: fc.constantFrom("real", "mock", "unknown"),
      tag: fc.constantFrom("nightly", "all", "none"),
      suite: fc.constantFrom("lengths", "none")
    },
    { requiredKeys: [] }
  )
  .chain((filters) => fc.integer({ min: 1, max: 50 }).map((limit) => ({ ...filters, limit })))

/** Ids of every page, in order. */
const walk = Effect.fnUntraced(function* (store: Store, query: RunQuery) {
  const ids: string[] = []
  let page = yield* store.list(query)
  ids.push(...page.items.map((run) => run.id))
  while (page.nextCursor !== null) {
    page = yield* store.list({ ...query, cursor: page.nextCursor })
    expect(page.items.length).toBeGreaterThan(0)
    ids.push(...page.items.map((run) => run.id))
  }
  return ids
})
