import { expect, test } from "vitest"
import { arm, fingerprint, generateRequest, run } from "../../test/support/arms.ts"
import { sideOf, toleranceClass } from "../compare/toleranceClass.ts"
import { crossGate } from "./crossGate.ts"

const side = (dtype: string | null) =>
  sideOf(arm("a", { run: run("a", generateRequest(), { fingerprint: fingerprint({ dtype }) }), traces: [] }))

const outcome = (delta: number, ...[a, b]: readonly [string | null, string | null]) =>
  crossGate(
    "cross-scoring",
    { tokens: null, tolerance: toleranceClass([side(a), side(b)]) },
    {
      sequences: 40,
      summary: { n: 400, maxAbs: delta, meanAbs: delta, rms: delta, p99Abs: delta, bias: 0 },
      worst: null
    }
  ).gate.outcome

test("an undeclared dtype passes only within the strictest class and fails only beyond bfloat16", () => {
  expect([0.00001, 0.01, 0.5].map((delta) => outcome(delta, "float32", null))).toEqual(["pass", "inconclusive", "fail"])
  expect([0.00001, 0.01, 0.5].map((delta) => outcome(delta, "float32", "float32"))).toEqual(["pass", "fail", "fail"])
})
