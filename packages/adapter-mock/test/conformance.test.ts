import { mockAdapter, mockScenarios } from "@sglang-studio/adapter-mock"
import { adapterLaws, bindVitest, runLaws } from "@sglang-studio/core/testing"
import { describe, expect, test } from "vitest"

describe("the mock keeps the laws of the contract", async () => {
  await bindVitest(adapterLaws({ adapter: mockAdapter }), { test })
})

/** Faults that end a run early; every other scenario answers. */
const unanswered = new Set(["crash", "hang"])

describe.each(Object.keys(mockScenarios))("%s", (scenario) => {
  const value = scenario === "slow" ? { value: 0.1 } : {}
  const laws = adapterLaws({ adapter: mockAdapter, config: { scenario, ...value }, patienceMs: 1000 })

  test("settles after an abort and refuses what makes no sense", async () => {
    const results = await runLaws(laws.filter(({ name }) => /abort|errors|open|close|probe|instances/u.test(name)))
    expect(results.filter(({ status }) => status !== "pass")).toEqual([])
  })

  test.skipIf(unanswered.has(scenario))("answers within the contract", async () => {
    const results = await runLaws(laws)
    expect(results.filter(({ status }) => status === "fail")).toEqual([])
  })
})
