import * as fc from "fast-check"
import { expect, test } from "vitest"
import { fisherExact } from "./fisherExact.ts"

test("agrees with counting by hand", () => {
  // The lady tasting tea: 4 of 4 right by chance in 1 of 70 orders, 3 or more in 17.
  expect(fisherExact({ hits: 0, n: 4 }, { hits: 4, n: 4 })).toBeCloseTo(1 / 70, 12)
  expect(fisherExact({ hits: 1, n: 4 }, { hits: 3, n: 4 })).toBeCloseTo(17 / 70, 12)
  expect(fisherExact({ hits: 0, n: 1280 }, { hits: 0, n: 1280 })).toBe(1)
  expect(fisherExact({ hits: 0, n: 0 }, { hits: 1, n: 4 })).toBeNull()
})

test("more hits are never likelier", () => {
  fc.assert(
    fc.property(fc.nat(40), fc.integer({ min: 1, max: 60 }), fc.integer({ min: 40, max: 60 }), (hitsB, nA, nB) => {
      const hits = Math.min(nA, 5)
      const p = fisherExact({ hits, n: nA }, { hits: hitsB, n: nB })!
      const more = fisherExact({ hits, n: nA }, { hits: Math.min(nB, hitsB + 1), n: nB })!
      expect(more).toBeLessThanOrEqual(p + 1e-12)
    })
  )
})
