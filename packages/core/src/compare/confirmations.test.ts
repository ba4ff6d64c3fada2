import { describe, expect, test } from "vitest"
import type { Divergence } from "../domain/comparison.ts"
import { confirmed, type Confirming } from "./confirmations.ts"
import type { SelfCheck } from "./selfChecks.ts"

const check = (kind: SelfCheck["kind"], isOff: boolean, fields: Partial<SelfCheck> = {}): SelfCheck => ({
  arm: "b",
  case: "x",
  runIds: ["r1", "r2"],
  kind,
  maxAbs: isOff ? 1 : 0,
  sizes: new Float64Array(),
  isOff,
  ...fields
})

const statusOf = (
  cause: string,
  action: string,
  known: Partial<Confirming>,
  evidence: Divergence["evidence"] = {}
): string | undefined =>
  confirmed(
    { case: "x", position: null, cause, evidence, confirm: [{ action, status: "suggested" }] },
    { checks: [], arms: [{ label: "a" }, { label: "b" }], asIds: new Map(), ...known }
  ).confirm[0]?.status

describe("a suggested check", () => {
  test("stays one until it is made", () => {
    expect(statusOf("genuine", "repeat", {})).toBe("suggested")
    expect(statusOf("genuine", "fresh server", { checks: [check("repeat", false)] })).toBe("suggested")
  })

  test("is unavailable where no side can be asked so", () => {
    const arms = [
      { label: "a", sends: ["repeat"] as const },
      { label: "b", sends: ["repeat"] as const }
    ]
    expect(statusOf("unexplained", "flush cache and retry", { arms })).toBe("unavailable")
    expect(statusOf("unexplained", "repeat", { arms })).toBe("suggested")
  })

  test.each([
    ["genuine", "repeat", check("repeat", false), "confirmed"],
    ["genuine", "repeat", check("repeat", true), "refuted"],
    ["unexplained", "flush cache and retry", check("flushed", false), "refuted"],
    ["unexplained", "flush cache and retry", check("flushed", true), "confirmed"],
    ["batch-dependent", "batch of 1", check("batched", true), "confirmed"],
    ["batch-dependent", "batch of 1", check("batch-of-1", false), "refuted"],
    ["cache-dependent", "repeat", check("repeat", false), "confirmed"]
  ])("of %s, %s: what it showed decides", (cause, action, made, status) => {
    expect(statusOf(cause, action, { checks: [made] })).toBe(status)
  })

  test("is read from the case's own check before any other's, and from the side that is concerned", () => {
    const checks = [check("repeat", true, { case: "y" }), check("repeat", false)]
    expect(statusOf("genuine", "repeat", { checks })).toBe("confirmed")
    expect(statusOf("genuine", "repeat", { checks: [check("repeat", true)] }, { arm: "a" })).toBe("suggested")
  })

  test("that sent ids is confirmed where the sides agree on those", () => {
    const asIds = new Map([["x", true]])
    expect(statusOf("template-mismatch", "send ids instead of text", { asIds })).toBe("confirmed")
    expect(statusOf("template-mismatch", "send ids instead of text", { asIds: new Map([["x", false]]) })).toBe(
      "refuted"
    )
  })
})
