import * as fc from "fast-check"
import { expect, test } from "vitest"
import { wordDiff } from "./wordDiff.ts"

test("words that differ are told apart, gaps and signs stay", () => {
  const shown = wordDiff("Der alte Käse,\nund Brot.", "Der neue Käse,\nund Brot!").map(({ of, text }) =>
    of === "both" ? text : of === "first" ? `[-${text}]` : `[+${text}]`
  )
  expect(shown.join("")).toBe("Der [-alte][+neue] Käse,\nund Brot[-.][+!]")
})

test("each side's parts are its whole text, whatever the texts are", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.string({ unit: "grapheme" }), (first, second) => {
      const parts = wordDiff(first, second)
      const without = (other: string) =>
        parts
          .filter(({ of }) => of !== other)
          .map(({ text }) => text)
          .join("")
      expect([without("second"), without("first")]).toEqual([first, second])
    })
  )
})
