import { readFileSync } from "node:fs"
import { join } from "node:path"
import mock from "@sglang-studio/adapter-mock"
import { openStudio, type Run } from "@sglang-studio/core"
import { afterAll, describe, expect, test } from "vitest"

interface Case {
  readonly name: string
  readonly prompt?: string
  readonly score?: { readonly query: string; readonly items: readonly string[]; readonly labels: readonly string[] }
}

const cases: readonly Case[] = readFileSync(join(import.meta.dirname, "../parity/prompts.jsonl"), "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as Case)

describe("the prompts of examples/parity", async () => {
  const studio = await openStudio({
    data: ":memory:",
    adapters: [mock],
    backends: { a: { adapter: "mock", noise: "fp32", seed: 1 }, b: { adapter: "mock", noise: "fp32", seed: 2 } }
  })
  afterAll(() => studio.close())

  test("have names of their own and are enough to pass on", () => {
    expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length)
    expect(cases.filter(({ prompt }) => prompt !== undefined).length).toBeGreaterThanOrEqual(40)
    expect(cases.filter(({ score }) => score !== undefined).length).toBeGreaterThanOrEqual(3)
  })

  test("pass between two sound backends", async () => {
    const backends = ["a", "b"]
    const pairs: (readonly Run[])[] = []
    for (const { prompt, score } of cases)
      pairs.push(
        score === undefined
          ? await studio.generate({ backends, prompt: prompt ?? "", maxNewTokens: 8 })
          : await studio.score({ backends, ...score, applySoftmax: true, oneByOne: true })
      )
    const arm = (index: number) => pairs.map((runs) => runs[index]?.id ?? "")
    const comparison = await studio.compare({
      arms: backends.map((label, index) => ({ label, runIds: arm(index) }))
    })
    expect(comparison.verdict).toMatchObject({ outcome: "pass", wouldDecide: null })
    expect(comparison.parity?.prompts).toBeGreaterThanOrEqual(cases.length)
  })
})
