import * as fc from "fast-check"
import { describe, expect, test } from "vitest"
import { noiseFloor, noiseWords, withNoise } from "./noiseFloor.ts"
import type { SelfCheck } from "./selfChecks.ts"

const check = (sizes: readonly number[], isOff = false): SelfCheck => ({
  arm: "a",
  case: "x",
  runIds: ["r1", "r2"],
  kind: "repeat",
  maxAbs: Math.max(0, ...sizes),
  sizes: Float64Array.from(sizes),
  isOff
})

const ramp = (count: number) => Array.from({ length: count }, (_, index) => (index + 1) / count)

describe("the noise floor", () => {
  test("covers 99 % of the self-differences from 299 of them on, 95 % from 59 on, and is not said on fewer", () => {
    expect(noiseFloor([check(ramp(299))])).toEqual({ positions: 299, content: 0.99, bound: 1 })
    expect(noiseFloor([check(ramp(100)), check(ramp(198))])).toMatchObject({ positions: 298, content: 0.95 })
    expect(noiseFloor([check(ramp(59))])).toMatchObject({ content: 0.95, bound: 1 })
    expect(noiseFloor([check(ramp(58))])).toMatchObject({ bound: null })
    expect(noiseFloor([])).toBeNull()
  })

  test("leaves out what is off: that is a fault, and no noise", () => {
    expect(noiseFloor([check(ramp(299).map(() => 0.001)), check(ramp(299), true)])).toMatchObject({
      positions: 299,
      bound: 0.001
    })
    expect(noiseFloor([check(ramp(299), true)])).toBeNull()
  })
})

describe("the tolerance", () => {
  test("is the class's, or one and a half times the noise within it, and never wider", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 10, noNaN: true }), (bound) => {
        const limit = withNoise(0.01, { positions: 299, content: 0.99, bound })
        expect(limit).toBeGreaterThanOrEqual(0.01)
        expect(limit).toBeLessThanOrEqual(0.015)
        if (bound > 0.01 || bound < 0.006) expect(limit).toBe(0.01)
      })
    )
    expect(withNoise(0.01, { positions: 299, content: 0.99, bound: 0.009 })).toBeCloseTo(0.0135)
    expect(withNoise(0.01, null)).toBe(0.01)
  })

  test("says where it comes from", () => {
    expect(noiseWords({ positions: 299, content: 0.99, bound: 0.00123456 })).toBe(
      "; noise floor 0.0012 (99 % of 299 self-differences)"
    )
    expect(noiseWords({ positions: 4, content: 0.99, bound: null })).toBe(
      "; noise floor not measured: 4 self-differences are too few"
    )
  })
})
