import * as fc from "fast-check"
import { expect, test } from "vitest"
import { byteRange } from "./byteRange.ts"

test.each([
  ["bytes=0-3", { kind: "part", start: 0, end: 3 }],
  ["bytes=4-", { kind: "part", start: 4, end: 9 }],
  ["bytes=-3", { kind: "part", start: 7, end: 9 }],
  ["bytes=-99", { kind: "part", start: 0, end: 9 }],
  ["bytes=5-99", { kind: "part", start: 5, end: 9 }],
  ["bytes=10-", { kind: "unsatisfiable" }],
  ["bytes=-0", { kind: "unsatisfiable" }],
  ["bytes=7-3", { kind: "whole" }],
  ["bytes=0-1,4-5", { kind: "whole" }],
  ["bytes=-", { kind: "whole" }],
  ["lines=0-3", { kind: "whole" }],
  [undefined, { kind: "whole" }]
])("%s of ten bytes", (header, range) => expect(byteRange(header, 10)).toEqual(range))

test("an empty file has no range", () => {
  expect(byteRange("bytes=0-", 0)).toEqual({ kind: "unsatisfiable" })
})

test("a part always lies within the file", () => {
  const bound = fc.option(fc.nat(50), { nil: "" })
  fc.assert(
    fc.property(bound, bound, fc.nat(40), (first, last, size) => {
      const range = byteRange(`bytes=${first}-${last}`, size)
      if (range.kind !== "part") return true
      return 0 <= range.start && range.start <= range.end && range.end < size
    })
  )
})
