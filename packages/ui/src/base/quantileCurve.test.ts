import * as fc from "fast-check"
import { expect, test } from "vitest"
import { quantileCurve, sorted } from "./quantileCurve.ts"

test("the curve only ever shows measured values, and never falls", () => {
  const numbers = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 50 })
  fc.assert(
    fc.property(numbers, (values) => {
      const curve = quantileCurve(sorted(values), [0.1, 0.5, 0.9, 1])
      expect(curve.every((value) => value !== null && values.includes(value))).toBe(true)
      expect(curve).toEqual(curve.toSorted((a, b) => (a ?? 0) - (b ?? 0)))
      expect(curve.at(-1)).toBe(Math.max(...values))
    })
  )
})

test("without values there is no curve", () => {
  expect(quantileCurve(sorted([null, Number.NaN]), [0.5])).toEqual([null])
})
