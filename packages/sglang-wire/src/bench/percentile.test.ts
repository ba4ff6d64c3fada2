import * as fc from "fast-check"
import { expect, test } from "vitest"
import { percentile } from "./percentile.ts"

test("is NumPy's default, linear between order statistics", () => {
  expect(percentile([4, 1, 3, 2], 0.9)).toBeCloseTo(3.7, 12)
  expect(percentile([5], 0.99)).toBe(5)
  expect(percentile([], 0.5)).toBeNull()
})

test("lies within the values and rises with p", () => {
  const values = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1 })
  const share = fc.double({ min: 0, max: 1, noNaN: true })
  fc.assert(
    fc.property(values, share, share, (list, p, q) => {
      const [low, high] = [
        percentile(list, Math.min(p, q)) ?? Number.NaN,
        percentile(list, Math.max(p, q)) ?? Number.NaN
      ]
      expect(low).toBeGreaterThanOrEqual(Math.min(...list))
      expect(high).toBeLessThanOrEqual(Math.max(...list))
      expect(low).toBeLessThanOrEqual(high + 1e-9)
    })
  )
})
