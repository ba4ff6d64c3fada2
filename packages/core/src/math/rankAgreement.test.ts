import * as fc from "fast-check"
import { expect, test } from "vitest"
import { rankAgreement } from "./rankAgreement.ts"

const ids = fc.uniqueArray(fc.nat(15), { minLength: 1, maxLength: 10 })

test("overlaps are symmetric, between 0 and 1, and 1 for equal lists", () => {
  fc.assert(
    fc.property(ids, ids, (a, b) => {
      const there = rankAgreement(a, b)
      const back = rankAgreement(b, a)
      expect(there.jaccard).toBeCloseTo(back.jaccard, 12)
      expect(there.rboExt).toBeCloseTo(back.rboExt, 12)
      for (const value of [there.jaccard, there.rboExt, there.rboMin]) {
        expect(value).toBeGreaterThanOrEqual(0)
        expect(value).toBeLessThanOrEqual(1 + 1e-12)
      }
      expect(there.rboMin).toBeLessThanOrEqual(there.rboExt + 1e-12)
      expect(rankAgreement(a, a)).toMatchObject({ jaccard: 1, rboExt: expect.closeTo(1, 12), reciprocalRank: 1 })
    })
  )
})

test("two swaps and one stranger", () => {
  expect(rankAgreement([1, 2, 3, 4, 5], [2, 1, 3, 4, 6])).toEqual({
    jaccard: expect.closeTo(2 / 3, 12),
    rboExt: expect.closeTo(0.76878, 5),
    rboMin: expect.any(Number),
    delta: [1, -1, 0, 0, null],
    refTop1RankInOther: 2,
    reciprocalRank: 0.5
  })
})
