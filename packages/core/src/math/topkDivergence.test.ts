import * as fc from "fast-check"
import { describe, expect, test } from "vitest"
import { topkDivergence, type TopK } from "./topkDivergence.ts"
import { makeTopkKl, topkKl } from "./topkKl.ts"

/** Two full distributions over the same tokens. */
const distributions = fc
  .array(fc.tuple(fc.double({ min: 1e-6, max: 1, noNaN: true }), fc.double({ min: 1e-6, max: 1, noNaN: true })), {
    minLength: 2,
    maxLength: 12
  })
  .map((weights) => [normalised(weights.map(([p]) => p)), normalised(weights.map(([, q]) => q))] as const)

const normalised = (weights: readonly number[]): readonly number[] => {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return weights.map((weight) => weight / total)
}

const topOf = (distribution: readonly number[], k: number): TopK => {
  const ids = [...distribution.keys()].sort((i, j) => distribution[j]! - distribution[i]!).slice(0, k)
  return {
    ids: Int32Array.from(ids),
    logprobs: Float64Array.from(ids, (id) => Math.log(distribution[id]!)),
    from: 0,
    length: ids.length
  }
}

const fullKl = (p: readonly number[], q: readonly number[]): number =>
  p.reduce((sum, pi, i) => sum + pi * Math.log(pi / q[i]!), 0)

describe("lower bounds from top-k lists", () => {
  test("never exceed what the full distributions have, and the full list gives it exactly", () => {
    fc.assert(
      fc.property(distributions, fc.integer({ min: 1, max: 12 }), ([p, q], k) => {
        const { klLowerBound, tvLowerBound, jsLowerBound } = topkDivergence(topOf(p, k), topOf(q, k))
        const tv = p.reduce((sum, pi, i) => sum + Math.abs(pi - q[i]!), 0) / 2
        expect(klLowerBound).toBeGreaterThanOrEqual(0)
        expect(klLowerBound).toBeLessThanOrEqual(fullKl(p, q) + 1e-9)
        expect(tvLowerBound).toBeLessThanOrEqual(tv + 1e-9)
        expect(jsLowerBound).toBeLessThanOrEqual(Math.LN2 + 1e-9)
        if (k >= p.length) expect(klLowerBound).toBeCloseTo(fullKl(p, q), 6)
      })
    )
  })

  test("grow with the set of shared ids", () => {
    fc.assert(
      fc.property(distributions, ([p, q]) => {
        const bounds = p.map((_, k) => {
          const a = topOf(p, k + 1)
          return topkDivergence(a, {
            ...a,
            logprobs: Float64Array.from(a.ids, (id) => Math.log(q[id]!))
          }).klLowerBound
        })
        for (const [k, bound] of bounds.entries()) expect(bound).toBeGreaterThanOrEqual((bounds[k - 1] ?? 0) - 1e-6)
      })
    )
  })

  test("the streaming form gives the same bound and the covered mass", () => {
    fc.assert(
      fc.property(distributions, fc.integer({ min: 1, max: 12 }), ([p, q], k) => {
        const a = topOf(p, k)
        const b = topOf(q, k)
        const into = makeTopkKl()
        topkKl({ ...a, k: a.length }, 0, { ...b, k: b.length }, 0, into)
        const whole = topkDivergence(a, b)
        expect(into.klLowerBound).toBeCloseTo(whole.klLowerBound, 9)
        expect(into.coverage).toBeCloseTo(1 - whole.pTail, 9)
      })
    )
  })

  test("a mass above one, as coarse formats give, is scaled back and reported", () => {
    const p = topOf([0.7, 0.35], 2)
    expect(topkDivergence(p, p)).toMatchObject({ klLowerBound: 0, massOverOne: expect.closeTo(0.05, 9), pTail: 0 })
  })
})
