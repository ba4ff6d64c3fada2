import { expect, test } from "vitest"
import { aligned, bytes, change, fixed, share, signedFixed, signed, significant } from "./format.ts"

test.each([
  [0, "0"],
  [1204.33, "1,204"],
  [41.23, "41.2"],
  [0.09512, "0.0951"],
  [1.24e-5, "1.24e-5"],
  [-0.5, "\u22120.5"],
  [2.5e12, "2.5e12".replace("2.5", "2.50")],
  [Number.NEGATIVE_INFINITY, "\u2212\u221e"],
  [Number.NaN, "\u2014"]
])("%d is shown as %s", (value, text) => expect(significant(value)).toBe(text))

test("a delta that rounds to nothing still shows its sign and size", () => {
  expect(signedFixed(0.0000012, 4)).toBe("+1.2e-6")
  expect(signedFixed(-0.0000012, 4)).toBe("\u22121.2e-6")
  expect(signedFixed(-0.0949, 4)).toBe("\u22120.0949")
  expect(signedFixed(0, 4)).toBe("0.0000")
})

test("no number is shown as minus zero", () => {
  expect(fixed(-0.00001, 2)).toBe("0.00")
  expect(change(0.99999)).toBe("0.0\u202f%")
  expect(change(1.00001)).toBe("0.0\u202f%")
})

test("changes, shares and sizes carry their unit", () => {
  expect(change(1.031)).toBe("+3.1\u202f%")
  expect(change(0.936)).toBe("\u22126.4\u202f%")
  expect(share(0.312)).toBe("31.2\u202f%")
  expect(signed(3)).toBe("+3")
  expect(bytes(41_200_000)).toBe("41 MB")
})

test("aligned numbers keep their zeros, whole ones stay whole", () => {
  expect([7.4, 15.04, 9.996, 1204.3, 256, 0].map((value) => aligned(value))).toEqual([
    "7.40",
    "15.0",
    "10.0",
    "1,204",
    "256",
    "0"
  ])
})
