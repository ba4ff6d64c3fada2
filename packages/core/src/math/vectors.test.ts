import { expect, test } from "vitest"
import vectors from "../../test/vectors/public.json" with { type: "json" }
import { methods } from "../../test/vectors/methods.ts"
import { runVectors } from "../../test/vectors/runVectors.ts"

test.each(Object.entries(vectors.vectors).filter(([name]) => name in methods))("%s", (name, method) => {
  expect(runVectors({ vectors: { [name]: method } })).toEqual({ passed: method.cases.length, failed: [], skipped: [] })
})

test("a wrong expectation fails by name and index, an unknown method is skipped", () => {
  const cases = [
    { input: [1, 1.0078125], expected: 1 },
    { input: [1, 1.0078125], expected: 2 }
  ]
  expect(runVectors({ vectors: { bf16_ulp_distance: { tol: 0, cases }, astrology: { tol: 0, cases } } })).toEqual({
    passed: 1,
    failed: [{ name: "bf16_ulp_distance", index: 1, message: "$: 1 is not 2" }],
    skipped: [{ name: "astrology", reason: "this method is not built yet" }]
  })
})
