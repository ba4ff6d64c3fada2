import * as fc from "fast-check"
import { describe, expect, test } from "vitest"
import { parseLooseJson } from "./looseJson.ts"

describe("JSON as Python writes it", () => {
  test("bare Infinity and NaN become strings and are reported under their keys", () => {
    const text =
      '{"rate": Infinity, "low": -Infinity, "list": [1, NaN], "said": "NaN or -Infinity", "esc": "\\"Infinity"}'
    expect(parseLooseJson(text, "it")).toEqual({
      value: { rate: "Infinity", low: "-Infinity", list: [1, "NaN"], said: "NaN or -Infinity", esc: '"Infinity' },
      nonfinite: ["rate", "low", "list"]
    })
  })

  test("strict JSON is read as it is", () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const text = JSON.stringify(value)
        expect(parseLooseJson(text, "it")).toEqual({ value: JSON.parse(text), nonfinite: [] })
      })
    )
  })

  test("any strings around an Infinity stay as they are", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (key, text) => {
        const json = `{${JSON.stringify(`k${key}`)}:[${JSON.stringify(text)}, Infinity]}`
        expect(parseLooseJson(json, "it").value).toEqual({ [`k${key}`]: [text, "Infinity"] })
      })
    )
  })

  test("a text of many megabytes is no other", () => {
    const text = 'a"'.repeat(10_000_000)
    const { value, nonfinite } = parseLooseJson(`{"text": ${JSON.stringify(text)}, "rate": Infinity}`, "it")
    expect([value, nonfinite]).toEqual([{ text, rate: "Infinity" }, ["rate"]])
  })

  test("what is cut off is refused and shown", () => {
    expect(() => parseLooseJson('{"a": [1, Infi', "Line 3")).toThrowErrorMatchingInlineSnapshot(
      `[AdapterError: Line 3 is not JSON: {"a": [1, Infi]`
    )
  })
})
