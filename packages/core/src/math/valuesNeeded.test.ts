import { expect, test } from "vitest"
import { valuesNeeded } from "./valuesNeeded.ts"

test.each([
  [0.5, 20],
  [0.9, 100],
  [0.95, 200],
  [0.99, 1000],
  [0.999, 10_000]
])("the percentile %d needs %d values", (p, values) => {
  expect(valuesNeeded(p)).toBe(values)
})
