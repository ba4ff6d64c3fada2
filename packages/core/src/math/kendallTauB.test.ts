import * as fc from "fast-check"
import { expect, test } from "vitest"
import { kendallTauB } from "./kendallTauB.ts"

/** By its definition, over all pairs. */
const byDefinition = (x: readonly number[], y: readonly number[]): number | null => {
  let [concordant, discordant, onlyX, onlyY] = [0, 0, 0, 0]
  for (let i = 0; i < x.length; i++) {
    for (let j = 0; j < i; j++) {
      const sign = Math.sign(x[i]! - x[j]!) * Math.sign(y[i]! - y[j]!)
      if (sign > 0) concordant++
      else if (sign < 0) discordant++
      else if (x[i] === x[j] && y[i] !== y[j]) onlyX++
      else if (x[i] !== x[j]) onlyY++
    }
  }
  const both = concordant + discordant
  const denominator = Math.sqrt((both + onlyX) * (both + onlyY))
  return denominator === 0 ? null : (concordant - discordant) / denominator
}

test("agrees with its definition, ties and all", () => {
  const pairs = fc.array(fc.tuple(fc.nat(5), fc.nat(5)), { maxLength: 20 })
  fc.assert(
    fc.property(pairs, (points) => {
      const x = points.map(([a]) => a)
      const y = points.map(([, b]) => b)
      const expected = byDefinition(x, y)
      if (expected === null) expect(kendallTauB(x, y)).toBeNull()
      else expect(kendallTauB(x, y)).toBeCloseTo(expected, 12)
    })
  )
})
