import * as Effect from "effect/Effect"
import * as fc from "fast-check"
import { expect } from "vitest"
import type { TopTokens, TraceChunk, TraceSlice } from "../../../src/domain/trace.ts"
import { seedOf } from "../arbitraryLog.ts"
import type { Laws, Store } from "../storeSuite.ts"

export const traceLaws: Laws = {
  "any slice of any trace is what the adapter gave, to the bit": (store) =>
    Effect.promise(() =>
      fc.assert(
        fc.asyncProperty(anyTrace, fc.nat(), fc.nat(), (chunks, from, to) =>
          Effect.runPromise(checkSlice(store, chunks, from, to))
        ),
        { numRuns: 60 }
      )
    ),

  "a trace longer than a stored chunk reads across its seams": Effect.fnUntraced(function* (store) {
    const { id } = yield* store.create(seedOf(), null)
    const length = 10_000
    const ids = Int32Array.from({ length }, (_, index) => index * 7)
    const logprobs = Float64Array.from({ length }, (_, index) => (index === 0 ? NaN : -index / 3))
    const tokens = Array.from(ids, (value) => `t${value}`)
    yield* store.addTraces(id, [{ ...plain, ids, logprobs, tokens }])
    const slice = yield* store.traceSlice(id, { case: "c", from: 4090, to: 8200 })
    expect(slice).toMatchObject({ from: 4090, to: 8200, length })
    expect(slice.ids).toEqual(Array.from(ids.slice(4090, 8200)))
    expect(slice.logprobs).toEqual(Array.from(logprobs.slice(4090, 8200)))
    expect(slice.tokens).toEqual(tokens.slice(4090, 8200))
    const [columns] = yield* store.traces(id)
    expect(columns).toMatchObject({ length, ids, logprobs, tokens, top: null })
    expect(columns?.ranks).toEqual(new Int32Array(length))
  }),

  "columns tell no value from impossible, in plain and in typed arrays": Effect.fnUntraced(function* (store) {
    const { id } = yield* store.create(seedOf(), null)
    const top: TopTokens = { k: 2, ids: [[], [5, 6], [7]], logprobs: [[], [-0.5, null], [null]] }
    const rows = { ids: [1, 2, 3], tokens: ["a", null, ""], ranks: [null, 1, 4], top }
    yield* store.addTraces(id, [{ ...plain, ...rows, case: "plain", logprobs: [null, null, -0.25] }])
    const typed = Float64Array.of(NaN, -Infinity, -0.25)
    yield* store.addTraces(id, [{ ...plain, ...rows, case: "typed", ids: Int32Array.of(1, 2, 3), logprobs: typed }])
    const traces = yield* store.traces(id)
    for (const [index, name] of ["plain", "typed"].entries()) {
      expect(traces[index]).toEqual({
        case: name,
        promptLength: 2,
        semantics: "raw",
        length: 3,
        ids: Int32Array.of(1, 2, 3),
        tokens: ["a", null, ""],
        logprobs: typed,
        ranks: Int32Array.of(0, 1, 4),
        top: {
          k: 2,
          ids: Int32Array.of(-1, -1, 5, 6, 7, -1),
          logprobs: Float64Array.of(NaN, NaN, -0.5, -Infinity, -Infinity, NaN)
        }
      })
      expect((yield* store.traceSlice(id, { case: name, from: 0, to: 3 })).logprobs).toEqual([null, null, -0.25])
    }
  }),

  "chunks that do not fit say what is wrong and leave the trace as it was": Effect.fnUntraced(function* (store) {
    const { id } = yield* store.create(seedOf(), null)
    yield* store.addTraces(id, [plain])
    const next = { ...plain, from: 2 }
    const faults: readonly TraceChunk[] = [
      { ...next, from: 3 },
      { ...next, from: 0 },
      { ...next, tokens: ["a"] },
      { ...next, logprobs: [] },
      { ...next, ranks: [1] },
      { ...next, ranks: [1, 0] },
      { ...next, ids: [1, 2 ** 31] },
      { ...next, ids: [1, 1.5] },
      { ...next, promptLength: 9 },
      { ...next, semantics: "temperature" },
      { ...next, top: { k: 1, ids: [[1], [1, 2]], logprobs: [[0], [0, 0]] } },
      { ...next, top: { k: 2, ids: [[1], [1, 2]], logprobs: [[0], [0]] } },
      { ...next, top: { k: 2, ids: [[1]], logprobs: [[0]] } }
    ]
    const messages = yield* Effect.forEach(faults, (chunk) =>
      Effect.map(Effect.flip(store.addTraces(id, [chunk])), (error) => {
        expect(error.reason).toBe("invalid-trace")
        return error.message
      })
    )
    expect(messages.join("\n")).toMatchInlineSnapshot(`
      "Trace "c": the chunk starts at position 3, but 2 positions are stored
      Trace "c": the chunk starts at position 0, but 2 positions are stored
      Trace "c": column "tokens" has 1 rows, but "ids" has 2
      Trace "c": column "logprobs" has 0 rows, but "ids" has 2
      Trace "c": column "ranks" has 1 rows, but "ids" has 2
      Trace "c": rank 0 at position 3 is not 1 or more
      Trace "c": token id 2147483648 at position 3 is not a 32-bit integer
      Trace "c": token id 1.5 at position 3 is not a 32-bit integer
      Trace "c": the chunk says prompt length 9 and raw logprobs, its first chunk said 2 and raw
      Trace "c": the chunk says prompt length 2 and temperature logprobs, its first chunk said 2 and raw
      Trace "c": position 3 has 2 top ids and 2 top logprobs, at most 1 each, all ids 0 or more
      Trace "c": position 3 has 2 top ids and 1 top logprobs, at most 2 each, all ids 0 or more
      Trace "c": column "top.ids" has 1 rows, but "ids" has 2"
    `)
    expect(yield* store.traceHeaders(id)).toEqual([{ case: "c", promptLength: 2, length: 2, semantics: "raw" }])
    yield* store.addTraces(id, [next])
    expect(yield* store.traces(id)).toMatchObject([{ case: "c", length: 4 }])
  }),

  "an unknown case names those there are": Effect.fnUntraced(function* (store) {
    const { id } = yield* store.create(seedOf(), null)
    yield* store.addTraces(id, [plain])
    expect(yield* Effect.flip(store.traceSlice(id, { case: "d", from: 0, to: 1 }))).toMatchObject({
      reason: "not-found",
      message: `Run ${id} has no trace "d"`,
      hint: "Its first traces: c"
    })
  })
}

const plain: TraceChunk = {
  case: "c",
  promptLength: 2,
  semantics: "raw",
  from: 0,
  ids: [1, 2],
  tokens: ["a", "b"],
  logprobs: [null, -1],
  ranks: null,
  top: null
}

type Row = {
  readonly id: number
  readonly token: string | null
  readonly logprob: number | null
  readonly rank: number | null
  readonly top: readonly (readonly [number, number | null])[]
}

const logprob = fc.option(fc.double({ max: 0, noNaN: true, noDefaultInfinity: true }).map((value) => value + 0))
const tokenId = fc.nat({ max: 2 ** 31 - 1 })

const anyRow = (k: number): fc.Arbitrary<Row> =>
  fc.record({
    id: tokenId,
    token: fc.option(fc.string({ unit: "binary", maxLength: 4 })),
    logprob,
    rank: fc.option(fc.integer({ min: 1, max: 2 ** 31 - 1 })),
    top: fc.array(fc.tuple(tokenId, logprob), { maxLength: k })
  })

/** A trace in several chunks of any size, with and without alternatives. */
const anyTrace: fc.Arbitrary<readonly TraceChunk[]> = fc
  .integer({ min: 0, max: 3 })
  .chain((k) =>
    fc.tuple(
      fc.constant(k),
      fc.boolean(),
      fc.array(fc.array(anyRow(k), { maxLength: 8 }), { minLength: 1, maxLength: 5 })
    )
  )
  .map(([k, withTop, pieces]) => {
    let from = 0
    return pieces.map((rows) => {
      const chunk: TraceChunk = {
        case: "any",
        promptLength: 3,
        semantics: "temperature",
        from,
        ids: rows.map((row) => row.id),
        tokens: rows.map((row) => row.token),
        logprobs: rows.map((row) => row.logprob),
        ranks: rows.map((row) => row.rank),
        top: withTop
          ? {
              k,
              ids: rows.map((row) => row.top.map(([id]) => id)),
              logprobs: rows.map((row) => row.top.map(([, value]) => value))
            }
          : null
      }
      from += rows.length
      return chunk
    })
  })

const checkSlice = Effect.fnUntraced(function* (store: Store, chunks: readonly TraceChunk[], a: number, b: number) {
  const { id } = yield* store.create(seedOf(), null)
  for (const chunk of chunks) yield* store.addTraces(id, [chunk])
  const length = chunks.reduce((sum, chunk) => sum + chunk.ids.length, 0)
  const [from = 0, to = 0] = [a % (length + 1), b % (length + 1)].toSorted((x, y) => x - y)
  const column = <A>(of: (chunk: TraceChunk) => readonly A[]): readonly A[] => chunks.flatMap(of).slice(from, to)
  const top = chunks.find((chunk) => chunk.top !== null)?.top ?? null
  const expected: TraceSlice = {
    case: "any",
    promptLength: 3,
    semantics: "temperature",
    length,
    from,
    to,
    ids: column((chunk) => [...chunk.ids]),
    tokens: column((chunk) => chunk.tokens),
    logprobs: column((chunk) => [...chunk.logprobs]),
    ranks: column((chunk) => chunk.ranks ?? []),
    top: top && {
      k: top.k,
      ids: column((chunk) => chunk.top?.ids ?? []),
      logprobs: column((chunk) => chunk.top?.logprobs ?? [])
    }
  }
  const slice = yield* store.traceSlice(id, { case: "any", from, to })
  expect(slice).toEqual(from === to ? { ...expected, top: slice.top } : expected)
})
