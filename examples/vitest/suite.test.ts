import mock from "@sglang-studio/adapter-mock"
import { defineSuite, openStudio } from "@sglang-studio/core"
import { afterAll, expect, test } from "vitest"

// In a test of yours these are two engines, or two builds of one.
const studio = await openStudio({
  data: ":memory:",
  adapters: [mock],
  backends: {
    released: { adapter: "mock", scenario: "clean", seed: 1 },
    candidate: { adapter: "mock", scenario: "clean", seed: 2 },
    slower: { adapter: "mock", scenario: "clean", seed: 2, slowdown: 1.15 }
  }
})
afterAll(() => studio.close())

const suite = defineSuite({
  suite: "latency",
  cases: [{ name: "short", benchmark: "serving", set: { "num-prompts": 256, "max-concurrency": "${concurrency}" } }],
  matrix: { axes: { concurrency: [1, 16] } },
  repeats: 5,
  gates: [{ name: "p50", metric: "e2e_latency_ms.p50", max_regression: "5%" }]
})

test("the candidate is no more than 5 % slower at any concurrency", async () => {
  const { verdict } = await studio.runSuite(suite, { backends: ["released", "candidate"], allowMock: true })
  expect(verdict.outcome, verdict.sentence).toBe("pass")
})

test("one that is 15 % slower is caught, in every cell", async () => {
  const { campaign, verdict } = await studio.runSuite(suite, { backends: ["released", "slower"], allowMock: true })
  expect(verdict.outcome).toBe("fail")
  expect(campaign.cells.map(({ outcome }) => outcome)).toEqual(["fail", "fail"])
})
