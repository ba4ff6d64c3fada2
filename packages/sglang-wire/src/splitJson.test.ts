import * as fc from "fast-check"
import { expect, test } from "vitest"
import { splitJson } from "./splitJson.ts"

const object = fc.dictionary(fc.string(), fc.jsonValue(), { noNullPrototype: true })
const space = fc.constantFrom(undefined, 1, "\t")

test("an object stays one, whatever its spacing", () => {
  fc.assert(
    fc.property(object, space, (value, indent) => {
      expect(splitJson(JSON.stringify(value, null, indent))).toEqual([JSON.stringify(value)])
    })
  )
})

test("a list is its values, and texts one after another are themselves", () => {
  fc.assert(
    fc.property(fc.array(object), space, (values, indent) => {
      const lines = values.map((value) => JSON.stringify(value))
      expect(splitJson(JSON.stringify(values, null, indent))).toEqual(lines)
      expect(splitJson(values.map((value) => JSON.stringify(value, null, indent)).join("\n"))).toEqual(lines)
    })
  )
})

test("what is no JSON is handed on for its reader to judge", () => {
  expect(splitJson('[\n  {"rate": Infinity},\n  {"rate": },\n  7\n]\nnot a value')).toEqual([
    '{"rate":Infinity}',
    '{"rate":}',
    "7",
    "notavalue"
  ])
})

test.each(['{"a": 1', '[{"a": 1}', '{"a": 1}}', '{"a": "b\n{"c": 1}', '{"a": "b}', '{"a\\"}'])(
  "%j has no end that can be found",
  (text) => expect(splitJson(text)).toBeNull()
)
