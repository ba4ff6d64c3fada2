import { expect, test } from "vitest"
import { alignIds } from "./alignIds.ts"

test.each([
  ["equal", [1, 2, 3], [1, 2, 3], { kind: "same" }],
  ["one more token in front on the right", [2, 3], [1, 2, 3], { kind: "shift", by: 1 }],
  ["a longer template on the left", [8, 9, 2, 3], [2, 3], { kind: "shift", by: -2 }],
  ["the right ends early", [1, 2, 3], [1, 2], { kind: "length", common: 2 }],
  ["other ids", [1, 2, 3], [1, 5, 3], { kind: "ids", common: 1 }],
  ["nothing on one side", [1], [], { kind: "length", common: 0 }]
] as const)("%s", (_, a, b, expected) => {
  expect(alignIds(Int32Array.from(a), a.length, Int32Array.from(b), b.length)).toEqual(expected)
})
