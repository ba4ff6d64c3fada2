import * as fc from "fast-check"
import { expect, test } from "vitest"
import { nonInferiority, readInterval } from "./nonInferiority.ts"

const runs = fc.array(fc.double({ min: 50, max: 200, noNaN: true }), { minLength: 3, maxLength: 8 })
const rule = { marginPercent: 5, alpha: 0.05, paired: false }

test("swapping the arms mirrors the interval, and the unit does not matter", () => {
  fc.assert(
    fc.property(runs, runs, fc.double({ min: 0.01, max: 100, noNaN: true }), (a, b, unit) => {
      const there = nonInferiority(a, b, rule)
      const back = nonInferiority(b, a, rule)
      expect(there.logRatio).toBeCloseTo(-back.logRatio, 9)
      expect(there.interval[0]).toBeCloseTo(-back.interval[1], 9)
      const scaled = nonInferiority(
        a.map((x) => x * unit),
        b.map((x) => x * unit),
        rule
      )
      expect(scaled.interval[1]).toBeCloseTo(there.interval[1], 9)
    })
  )
})

test("a failure never turns into a pass when the candidate gets slower", () => {
  const order = ["pass", "inconclusive", "fail"]
  fc.assert(
    fc.property(runs, runs, fc.double({ min: 1, max: 2, noNaN: true }), (a, b, slower) => {
      const before = nonInferiority(a, b, rule).outcome
      const after = nonInferiority(
        a,
        b.map((x) => x * slower),
        rule
      ).outcome
      expect(order.indexOf(after)).toBeGreaterThanOrEqual(order.indexOf(before))
    })
  )
})

test("two runs per arm decide nothing, equal runs are their own interval", () => {
  expect(nonInferiority([100, 101], [200, 202], rule)).toMatchObject({ outcome: "inconclusive", reason: "no-ci" })
  expect(nonInferiority([100, 100, 100], [100, 100, 100], rule)).toMatchObject({ outcome: "pass", interval: [0, 0] })
  expect(nonInferiority([100, 100, 100], [110, 110, 110], rule).outcome).toBe("fail")
  expect(readInterval(NaN, 0.1, 5).reason).toBe("no-ci")
})
