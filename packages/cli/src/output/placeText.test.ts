import type { Divergence } from "@sglang-studio/core/domain"
import { expect, test } from "vitest"
import { placeText } from "./placeText.ts"

const at = (position: number | null, trace?: string): Divergence => ({
  case: "score-01",
  position,
  cause: "unexplained",
  evidence: trace === undefined ? {} : { trace },
  confirm: []
})

test.each([
  [at(1, "item-0"), "score-01, item-0 at position 1"],
  [at(3, "prompt"), "score-01 at position 3"],
  [at(null), "score-01"]
])("a place is told apart from the others of its case", (divergence, text) => {
  expect(placeText(divergence)).toBe(text)
})
