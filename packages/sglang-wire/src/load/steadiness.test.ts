import { makeXoshiro } from "@sglang-studio/core/math"
import { describe, expect, test } from "vitest"
import { driftFinding, warmupFinding } from "./steadiness.ts"

/** Times around 100 ms with 3 % noise. */
const noisy = (count: number, seed: number, shape: (share: number) => number = () => 1): readonly number[] => {
  const random = makeXoshiro(seed)
  const noise = () => (random.u32() + random.u32() + random.u32() + random.u32()) / 2 ** 32 - 2
  return Array.from({ length: count }, (_, index) => 100 * shape(index / count) * (1 + 0.05 * noise()))
}

describe("drift", () => {
  test("is found where times grow all along", () => {
    expect(driftFinding(noisy(300, 1, (share) => 1 + 0.1 * share))).toMatchObject([
      {
        code: "drift",
        severity: "warning",
        message: expect.stringMatching(/^Answers took ([7-9]|1[0-3])\.\d % longer/)
      }
    ])
    expect(driftFinding(noisy(2000, 2, (share) => 1 - 0.1 * share))[0]?.message).toContain("% less")
  })

  test("is seldom found in noise", () => {
    const found = Array.from({ length: 200 }, (_, seed) => driftFinding(noisy(200, seed)).length)
    expect(found.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(6)
  })

  test("is not made of neighbours that resemble each other", () => {
    // Batches share their time: 25 requests each.
    const batches = Array.from({ length: 200 }, (_, seed) => {
      const times = noisy(12, seed).flatMap((time) => Array.from({ length: 25 }, () => time))
      return driftFinding(times).length
    })
    expect(batches.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(12)
  })

  test("needs requests", () => {
    expect(driftFinding(noisy(20, 1, (share) => 1 + share))).toEqual([])
  })
})

describe("a warm-up inside the run", () => {
  test("is found with its length", () => {
    const [finding] = warmupFinding(noisy(400, 1, (share) => (share < 0.1 ? 3 : 1)))
    expect(finding).toMatchObject({ code: "warmup-not-reached", severity: "warning", evidence: { at_bound: false } })
    expect(finding?.evidence["truncate"]).toBeGreaterThanOrEqual(40)
    expect(finding?.evidence["truncate"]).toBeLessThanOrEqual(60)
  })

  test("of more than a quarter makes the run invalid", () => {
    expect(warmupFinding(noisy(400, 1, (share) => (share < 0.35 ? 2 : 1)))).toMatchObject([{ severity: "error" }])
    expect(warmupFinding(noisy(400, 1, (share) => 3 - 2 * share))).toMatchObject([
      { severity: "error", evidence: { at_bound: true } }
    ])
  })

  test("is not seen in noise, nor in one slow request", () => {
    const found = Array.from({ length: 200 }, (_, seed) => warmupFinding(noisy(200, seed)).length)
    expect(found.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(4)
    expect(warmupFinding([5000, ...noisy(199, 1)])).toEqual([])
  })

  test("cannot be told from a handful of requests", () => {
    expect(warmupFinding(noisy(40, 1, (share) => (share < 0.2 ? 3 : 1)))).toEqual([])
  })
})
