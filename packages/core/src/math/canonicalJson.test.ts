import * as fc from "fast-check"
import { expect, test } from "vitest"
import { canonicalJson } from "./canonicalJson.ts"

test("reading the text and writing it again changes nothing", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = canonicalJson(value)
      expect(canonicalJson(JSON.parse(text))).toBe(text)
    })
  )
})

test("the order of keys is no part of a value", () => {
  expect(canonicalJson({ b: 1, a: { d: [2, -0], c: null } })).toBe('{"a":{"c":null,"d":[2,0]},"b":1}')
})

test.each([NaN, Infinity, undefined, "\ud800", [undefined], { a: () => 1 }])("%s has no canonical text", (value) => {
  expect(() => canonicalJson(value)).toThrow(TypeError)
})
