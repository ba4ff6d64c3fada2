import mock from "@sglang-studio/adapter-mock"
import { openStudio, type Comparison } from "@sglang-studio/core"
import { afterAll, beforeAll, describe, expect, test } from "vitest"

// In a test of yours these are two engines, such as { adapter: "sglang-pytorch", url: "http://127.0.0.1:30001" }.
const studio = await openStudio({
  data: ":memory:",
  adapters: [mock],
  backends: {
    baseline: { adapter: "mock", scenario: "clean", seed: 1, noise: "fp32" },
    candidate: { adapter: "mock", scenario: "clean", seed: 2, noise: "fp32" },
    broken: { adapter: "mock", scenario: "batch-dependent" }
  }
})
afterAll(() => studio.close())

const items = [
  "The money comes back within a week.",
  "Our shop opens at nine.",
  "We give it all back.",
  "Ask the driver."
]

const compareWith = async (candidate: string): Promise<Comparison> => {
  const runs = await studio.score({
    backends: ["baseline", candidate],
    query: "The customer asks for a refund. Does this answer help? ",
    items,
    labels: [" yes", " no"],
    applySoftmax: true,
    oneByOne: true
  })
  return studio.compare({ arms: runs.map((run) => ({ label: run.backend, runIds: [run.id] })) })
}

describe("another build of the same engine", () => {
  let comparison: Comparison
  beforeAll(async () => {
    comparison = await compareWith("candidate")
  })

  test("gives the same scores and the same order", () => {
    expect(comparison.scores?.maxAbsDelta).toBeLessThan(1e-4)
    expect(comparison.scores?.rankFlips).toBe(0)
  })

  test("sees the same tokens with the same probabilities", () => {
    expect(comparison.parity?.top1Agreement).toBe(1)
    expect(comparison.parity?.maxAbsDeltaLogprob).toBeLessThan(1e-4)
  })
})

test("an engine whose scores depend on the batch fails, although every token agrees", async () => {
  const comparison = await compareWith("broken")
  expect(comparison.parity?.maxAbsDeltaLogprob).toBeLessThan(1e-4)
  expect(comparison.scores?.maxAbsDelta).toBeGreaterThan(0.01)
  expect(comparison.verdict.outcome).toBe("fail")
})
