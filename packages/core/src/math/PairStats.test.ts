import * as fc from "fast-check"
import { describe, expect, test } from "vitest"
import { addPair, makePairStats, summarise } from "./PairStats.ts"

const of = (...pairs: readonly (readonly [number, number])[]) => {
  const stats = makePairStats()
  for (const [i, [a, b]] of pairs.entries()) addPair(stats, a, b, i === 0)
  return { ...stats, ...summarise(stats) }
}

const lowestBf16 = -3.3895313892515355e38

describe("what cannot be subtracted is counted, and by its kind", () => {
  test.each([
    ["no value on either side, first", [[NaN, NaN]], "skippedNull"],
    ["no value on one side, first", [[NaN, -1]], "supportMismatch"],
    [
      "no value later",
      [
        [-1, -1],
        [-1, NaN]
      ],
      "notANumber"
    ],
    ["impossible on both, however it is written", [[-Infinity, lowestBf16]], "bothImpossible"],
    ["impossible on one", [[-1, -Infinity]], "supportMismatch"],
    ["a raw logit", [[-1, 3.5]], "notALogprob"]
  ] as const)("%s", (_, pairs, counter) => {
    const stats = of(...pairs)
    expect(stats[counter]).toBe(1)
    expect(stats.n).toBe(pairs.length - 1)
  })

  test("rounding above zero is zero", () => {
    expect(of([5e-4, 0])).toMatchObject({ n: 1, maxAbs: 0, notALogprob: 0 })
  })

  test("of nothing there is no mean", () => {
    expect(of()).toMatchObject({ n: 0, meanAbs: null, rms: null, p99Abs: null, maxAbs: null })
  })
})

test("no input makes a figure that is not finite", () => {
  const value = fc.oneof(fc.double(), fc.constantFrom(NaN, -Infinity, Infinity, lowestBf16, 0, -1))
  fc.assert(
    fc.property(fc.array(fc.tuple(value, value)), (pairs) => {
      const stats = makePairStats()
      for (const [i, [a, b]] of pairs.entries()) addPair(stats, a, b, i === 0)
      for (const figure of Object.values(summarise(stats)))
        if (figure !== null) expect(figure).toSatisfy(Number.isFinite)
    })
  )
})
