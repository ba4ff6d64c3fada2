import { expect, test } from "vitest"
import { tiersOf } from "./tiers.ts"

test("Holm confirms, Benjamini and Hochberg suspect, a cell without a p-value has no tier", () => {
  expect(tiersOf([0.0001, 0.02, null, 0.03, 0.5, 0.9])).toEqual([
    "confirmed",
    "likely",
    null,
    "likely",
    "noise",
    "noise"
  ])
})

test("one small p-value among many is noise", () => {
  expect(tiersOf([0.01, ...Array.from({ length: 99 }, () => 0.5)])[0]).toBe("noise")
})
