import { expect, test } from "vitest"
import { parseDuration } from "./duration.ts"

test.each([
  ["10m", 600_000],
  ["90s", 90_000],
  ["1.5h", 5_400_000],
  ["250ms", 250],
  [" 2 s ", 2000],
  [30, 30_000],
  ["10", null],
  ["10 minutes", null],
  ["-1s", null],
  [-1, null],
  [Number.NaN, null],
  [true, null],
  [null, null]
])("%j", (written, wanted) => {
  expect(parseDuration(written)).toBe(wanted)
})
