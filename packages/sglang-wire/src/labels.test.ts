import { expect, test } from "vitest"
import { oneTokenEach } from "./labels.ts"

test("a label of one token has its id", () => {
  expect(oneTokenEach([" and"], [[{ id: 300, text: " and" }]])).toEqual([{ text: " and", id: 300 }])
})

test("a label of several tokens, or of none, is refused with its pieces", () => {
  const pieces = [
    { id: 300, text: " and" },
    { id: 281, text: null }
  ]
  expect(() => oneTokenEach([" and of"], [pieces])).toThrowErrorMatchingInlineSnapshot(
    `[AdapterError: labels[0]: " and of" is 2 tokens: " and" (300) + "?" (281)]`
  )
  expect(() => oneTokenEach(["x", "y"], [[{ id: 1, text: "x" }], []])).toThrowErrorMatchingInlineSnapshot(
    `[AdapterError: labels[1]: "y" is no token at all]`
  )
})
