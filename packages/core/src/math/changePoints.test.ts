import * as fc from "fast-check"
import { expect, test } from "vitest"
import { changePoints, strongest } from "./changePoints.ts"

const settings = { window: 50, maxP: 0.001, minMagnitude: 0 }
const wave = (i: number): number => Math.sin(i * 12.9898) * 0.5

test("a step is found where it is", () => {
  for (const at of [6, 12, 18, 24]) {
    const series = Array.from({ length: 30 }, (_, i) => 100 + wave(i) + (i < at ? 0 : 10))
    expect(changePoints(series, settings).points.map(({ index }) => index)).toContain(at)
  }
})

test("where a series changes does not depend on its unit or its zero", () => {
  const eighths = fc.array(fc.integer({ min: 0, max: 80 }), { minLength: 4, maxLength: 40 })
  fc.assert(
    fc.property(eighths, fc.constantFrom(0.5, 2, 8), fc.integer({ min: 0, max: 100 }), (values, scale, zero) => {
      const series = values.map((value, i) => value / 8 + (i < values.length / 2 ? 0 : 20))
      const moved = series.map((value) => scale * value + zero)
      const indices = (of: readonly number[]) => changePoints(of, settings).points.map(({ index }) => index)
      expect(indices(moved)).toEqual(indices(series))
    })
  )
})

test("noise, constants and short series have none", () => {
  expect(
    changePoints(
      Array.from({ length: 40 }, (_, i) => 100 + wave(i)),
      settings
    ).points
  ).toEqual([])
  expect(changePoints([5, 5, 5, 5, 5], settings).points).toEqual([])
  expect(changePoints([1], settings)).toEqual({ points: [], weak: [] })
  expect(strongest([1])).toBeNull()
})
