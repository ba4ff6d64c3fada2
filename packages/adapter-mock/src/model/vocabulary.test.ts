import * as fc from "fast-check"
import { describe, expect, test } from "vitest"
import { bos, detokenize, pieceIds, tokenize, tokenizerHash, tokenTexts, vocabularySize } from "./vocabulary.ts"

const text = fc.oneof(fc.string(), fc.string({ unit: "binary" }), fc.lorem())
const texts = (sentence: string): string[] => tokenize(sentence).map((id) => tokenTexts[id] ?? "")

describe("tokenize", () => {
  test("cuts words with their leading space, and everything else into what it knows", () => {
    expect(texts("Is the refund policy clear? Yes!")).toMatchInlineSnapshot(`
      [
        "Is",
        " the",
        " refund",
        " policy",
        " clear",
        "?",
        " Yes",
        "!",
      ]
    `)
    expect(texts("naïve 1042x")).toMatchInlineSnapshot(`
      [
        "na",
        "<0xC3>",
        "<0xAF>",
        "ve",
        " 1",
        "04",
        "2",
        "x",
      ]
    `)
  })

  test.each([" yes", " no", " and", " of", " true", " false", " relevant"])("%j is one token", (label) => {
    expect(tokenize(label)).toHaveLength(1)
  })

  test("any text comes back from its ids, whichever pieces are allowed", () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 20 }), (original, longest) => {
        const ids = tokenize(original, longest)
        expect(detokenize(ids)).toBe(original)
        expect(ids.every((id) => id > bos && id < vocabularySize)).toBe(true)
      })
    )
  })

  test("another cut of the same text is another tokenizer", () => {
    expect(tokenize(" customer", 4)).not.toEqual(tokenize(" customer"))
    expect(tokenizerHash((piece) => tokenize(piece, 4))).not.toBe(tokenizerHash((piece) => tokenize(piece)))
  })
})

test("the vocabulary has no token twice, and words come first among its pieces", () => {
  expect(new Set(tokenTexts).size).toBe(vocabularySize)
  expect(tokenTexts.slice(pieceIds.from + 9, pieceIds.wordsEnd).every((piece) => /^ [a-zI]+$/u.test(piece))).toBe(true)
  expect(tokenTexts[pieceIds.wordsEnd]).not.toMatch(/^ [a-z]/u)
})
