import { describe, expect, test } from "vitest"
import type { Adapter, RunEvent } from "../../src/adapter/Adapter.ts"
import type { ParityLevel } from "../../src/domain/parity.ts"
import { fewCases, mock, openWith, prompts, scoreCase } from "./setup.ts"

const outcomes = (levels: readonly ParityLevel[]) => levels.map(({ level, outcome }) => `${level} ${outcome}`)

describe("two backends that compute the same", () => {
  test("pass on every level, with enough prompts", async () => {
    const studio = await openWith({ a: { seed: 1, noise: "fp32" }, b: { seed: 2, noise: "fp32" } })
    const { comparison, levels, runs } = await studio.parity({
      backends: ["a", "b"],
      cases: [...prompts(30), scoreCase],
      maxNewTokens: 4,
      noiseFloor: 1
    })
    expect(comparison.verdict.outcome, comparison.verdict.sentence).toBe("pass")
    expect(outcomes(levels)).toEqual(["L0 pass", "L1 pass", "L2 pass", "L3 pass", "L4 pass"])
    expect(comparison.parity?.prompts).toBe(33)
    expect(comparison.parity?.tolerance.source).toContain("noise floor")
    expect(comparison.levels).toEqual(levels)
    expect(await studio.comparisons.get(comparison.id)).toEqual(comparison)
    expect(runs.every(({ status }) => status === "succeeded")).toBe(true)
    expect(new Set(comparison.arms.flatMap(({ runIds }) => runIds))).toEqual(new Set(runs.map(({ id }) => id)))
  })

  test("are not passed on two prompts, and the verdict says how many more would decide", async () => {
    const studio = await openWith({ a: {}, b: { seed: 2 } })
    const { comparison, levels } = await studio.parity({ backends: ["a", "b"], cases: prompts(2), noiseFloor: 0 })
    expect(comparison.verdict).toMatchObject({ outcome: "inconclusive", wouldDecide: /^28 more prompts/u })
    expect(outcomes(levels)).toEqual(["L0 pass", "L1 inconclusive", "L2 pass", "L3 inconclusive", "L4 inconclusive"])
  })
})

describe("two backends that differ", () => {
  const against = async (scenario: string, settings = {}) => {
    const studio = await openWith({ a: {}, b: { scenario, ...settings } })
    return studio.parity({ backends: ["a", "b"], cases: fewCases })
  }

  test.each([
    ["temperature", "raw-vs-temperature"],
    ["batch-dependent", "batch-dependent"],
    ["cache-dependent", "cache-dependent"],
    ["perturbed", "genuine"]
  ])("%s is named %s", async (scenario, cause) => {
    const { comparison } = await against(scenario)
    expect(comparison.verdict.outcome).toBe("fail")
    expect(comparison.divergences[0]).toMatchObject({ cause })
  })

  test("what was asked again to find the cause is said to be confirmed", async () => {
    const { comparison } = await against("cache-dependent")
    expect(comparison.divergences[0]?.confirm).toEqual([
      { action: "flush cache and retry", status: "confirmed" },
      { action: "repeat", status: "confirmed" }
    ])
    const other = await against("batch-dependent")
    expect(other.comparison.divergences[0]?.confirm[0]).toEqual({ action: "batch of 1", status: "confirmed" })
  })

  test.each([
    ["tokenizer", "tokenizer-mismatch"],
    ["bos-missing", "template-mismatch"]
  ])("%s: the ids part, and the rest is judged on the baseline's ids", async (scenario, cause) => {
    const { comparison, levels } = await against(scenario)
    expect(levels[0]).toMatchObject({ level: "L0", outcome: "fail", reason: expect.stringContaining(cause) })
    expect(levels[0]?.reason).toMatch(/parts at token \d+: a has .+, b .+/u)
    expect(levels[1]?.reason).toMatch(/cases with other ids were sent as the baseline's ids$/u)
    expect(levels.slice(1).map(({ outcome }) => outcome)).not.toContain("fail")
    expect(comparison.verdict.outcome).toBe("fail")
    expect(comparison.verdict.reasons[0]?.code).toBe(cause)
    expect(comparison.divergences[0]).toMatchObject({
      cause,
      confirm: [{ action: "send ids instead of text", status: "confirmed" }]
    })
    expect(comparison.pairs.map((pair) => pair.case)).toContain("refund (as ids)")
  })

  test("a fault that only the decoder has shows where one side scores the other's output", async () => {
    const studio = await openWith({ a: {}, b: { adapter: "dim" } }, [dim])
    const { comparison, levels } = await studio.parity({ backends: ["a", "b"], cases: prompts(4), noiseFloor: 0 })
    expect(levels.map(({ outcome }) => outcome)).toEqual([
      "pass",
      "inconclusive",
      "fail",
      "inconclusive",
      "inconclusive"
    ])
    expect(comparison.gates.map(({ name, outcome }) => [name, outcome])).toEqual([
      ["token-parity", "inconclusive"],
      ["cross-scoring", "fail"],
      ["self-consistency:a", "pass"],
      ["self-consistency:b", "fail"]
    ])
  })
})

/** A mock that reports what it generates as half as likely as it is. */
const dim: Adapter = {
  ...mock,
  name: "dim",
  open: async (config) => {
    const backend = await mock.open(config)
    return {
      ...backend,
      async *generate(request, context): AsyncGenerator<RunEvent> {
        for await (const event of backend.generate?.(request, context) ?? []) {
          if (event.type !== "trace" || event.chunk.from === 0) yield event
          else {
            const logprobs = [...event.chunk.logprobs].map((logprob) => (logprob ?? 0) - Math.LN2)
            yield { ...event, chunk: { ...event.chunk, logprobs } }
          }
        }
      }
    }
  }
}
