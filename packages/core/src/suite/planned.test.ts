import * as fc from "fast-check"
import { expect, test } from "vitest"
import type { Suite } from "../domain/suite.ts"
import { launchAt, requestAt, tagsAt } from "./planned.ts"
import { fillText, placeholdersIn, verbatim } from "./placeholders.ts"

const suite = {
  cases: [
    {
      name: "random",
      of: "random",
      request: {
        benchmark: {
          entrypoint: "serving",
          set: { "max-concurrency": "${concurrency}", tag: "c${concurrency}-${dtype}" }
        }
      },
      timeoutMs: null,
      tags: ["c${concurrency}"]
    }
  ],
  launch: { dtype: "${dtype}", sizes: ["${concurrency}", 2] },
  tags: ["nightly", "d-${dtype}", "l${input_len}"]
} as unknown as Suite
const point = { concurrency: 16, dtype: "float32" }

test("a whole value keeps its type, a part of a text becomes text", () => {
  expect(requestAt(suite, { case: "random", point })).toEqual({
    benchmark: { entrypoint: "serving", set: { "max-concurrency": 16, tag: "c16-float32" } }
  })
  expect(launchAt(suite, point)).toEqual({ dtype: "float32", sizes: [16, 2] })
})

test("a tag of the suite with an axis that the case does not use is left out", () =>
  expect(tagsAt(suite, { case: "random", point })).toEqual(["nightly", "d-float32", "c16"]))

test("two dollars stand for one", () => {
  expect(fillText("cost: $${concurrency} is ${concurrency}", point)).toBe("cost: ${concurrency} is 16")
  expect([...placeholdersIn(["$${a} ${b}", { deep: "${c}" }])]).toEqual(["b", "c"])
})

test("what is verbatim stays as it is", () =>
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom("$", "{", "}", "a", "${a}", "$${a}")).map((parts) => parts.join("")),
      (text) => {
        expect(fillText(verbatim(text), { a: 1 })).toBe(text)
      }
    )
  ))
