import { expect, test } from "vitest"
import { filterWords, fixedValues, takeWord } from "./filterWords.ts"

const values = { ...fixedValues, backend: ["jax-cpu", "pt-cpu"], tag: ["nightly"] }
const at = (text: string) => filterWords(text.replace("|", ""), text.indexOf("|"), values)

test("fields are offered first, then their values", () => {
  expect(at("|").options).toContain("backend:")
  expect(at("st|").options).toEqual(["status:"])
  expect(at("backend:|").options).toEqual(["backend:jax-cpu", "backend:pt-cpu"])
  expect(at("tag:nightly status:fa| words").options).toEqual(["status:failed"])
})

test("a value is found by any part of it", () => {
  expect(at("backend:CPU|").options).toEqual(["backend:jax-cpu", "backend:pt-cpu"])
})

test("what stands there already is not offered, nor anything for a word that is searched for", () => {
  expect(at("tag:nightly|").options).toEqual([])
  expect(at("refund|").options).toEqual([])
})

test("an option takes the place of the word at the caret, and only of that", () => {
  const words = at("tag:nightly status:fa| words")
  expect(takeWord("tag:nightly status:fa words", words, "status:failed")).toEqual({
    text: "tag:nightly status:failed words",
    caret: 26
  })
  expect(takeWord("ba", at("ba|"), "backend:")).toEqual({ text: "backend:", caret: 8 })
})

test("an empty field offers what was kept", () => {
  const words = filterWords("", 0, values, ["tag:nightly status:failed"])
  expect(words.options[0]).toBe("tag:nightly status:failed")
  expect(takeWord("", words, "tag:nightly status:failed").text).toBe("tag:nightly status:failed ")
})
