import { expect, test } from "vitest"
import { readItemLines } from "./itemLines.ts"

test.each([
  ["one a line", "first\n\n second\r\n", ["first", " second"]],
  ["a JSON array of texts and ids", '[ "first",\n [1, 2] ]\n', ["first", [1, 2]]],
  ["after the mark of UTF-8", '\uFEFF["first"]', ["first"]],
  [
    "lines that begin with a bracket",
    "[INST] hello\n[1] A footnote\n[1, he said",
    ["[INST] hello", "[1] A footnote", "[1, he said"]
  ],
  ["a footnote first", "[1] A footnote\n[2] Another", ["[1] A footnote", "[2] Another"]]
])("%s", (_, text, items) => expect(readItemLines(text)).toEqual({ items }))

test.each([
  ['["a", "b"', /begins as a JSON array and is none: .*position 9/],
  ['[\n  "a",\n', /begins as a JSON array and is none/],
  ["[[1, 2], [3", /begins as a JSON array and is none/],
  ["[1, 2", /begins as a JSON array and is none/],
  ["[1, 2]", /something else than texts and lists of token ids/],
  ['["a", {}]', /something else than texts and lists of token ids/]
])("%j is refused", (text, problem) => expect(readItemLines(text)).toEqual({ problem: expect.stringMatching(problem) }))
