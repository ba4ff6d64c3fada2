import * as fc from "fast-check"
import { expect, test } from "vitest"
import { quantile } from "./quantile.ts"
import { selectKth } from "./selectKth.ts"

const samples = fc.array(fc.oneof(fc.integer({ min: -9, max: 9 }), fc.double({ noNaN: true })), { minLength: 1 })

test("selection finds what sorting finds, with nothing smaller behind it", () => {
  fc.assert(
    fc.property(samples, fc.nat(), (sample, at) => {
      const k = at % sample.length
      const values = Float64Array.from(sample)
      const kth = selectKth(values, k)
      expect(kth === Float64Array.from(sample).sort()[k]).toBe(true)
      expect(values.subarray(k).every((value) => value >= kth)).toBe(true)
    })
  )
})

test("lies within the sample, is moved and scaled with it, and is null for none", () => {
  const finite = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1 })
  fc.assert(
    fc.property(finite, fc.double({ min: 0, max: 1, noNaN: true }), (sample, p) => {
      const value = quantile(sample, p)!
      expect(value).toBeGreaterThanOrEqual(Math.min(...sample))
      expect(value).toBeLessThanOrEqual(Math.max(...sample))
      expect(
        quantile(
          sample.map((x) => 3 * x + 1),
          p
        )
      ).toBeCloseTo(3 * value + 1, 6)
    })
  )
  expect(quantile([], 0.5)).toBeNull()
  expect(quantile([1, NaN], 0.5)).toBeNull()
})
