import { readFileSync } from "node:fs"
import { join } from "node:path"
import mock from "@sglang-studio/adapter-mock"
import { openStudio, type Arm } from "@sglang-studio/core"
import { afterAll, describe, expect, test } from "vitest"

interface Case {
  readonly prompt?: string
  readonly score?: { readonly query: string; readonly items: readonly string[]; readonly labels: readonly string[] }
}

const cases: readonly Case[] = readFileSync(join(import.meta.dirname, "../../../examples/parity/prompts.jsonl"), "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as Case)

const expectations = [
  { outcome: "pass", cause: null, settings: { scenario: "clean", seed: 2, noise: "fp32" } },
  { outcome: "pass", cause: "near-tie", settings: { scenario: "near-tie" } },
  { outcome: "fail", cause: "precision-grid", settings: { scenario: "bf16" } },
  { outcome: "pass", cause: null, settings: { scenario: "bf16", dtype: "bfloat16" } },
  { outcome: "fail", cause: "raw-vs-temperature", settings: { scenario: "temperature" } },
  { outcome: "fail", cause: "template-mismatch", settings: { scenario: "bos-missing" } },
  { outcome: "fail", cause: "tokenizer-mismatch", settings: { scenario: "tokenizer" } },
  { outcome: "fail", cause: "input-truncated", settings: { scenario: "truncated" } },
  { outcome: "fail", cause: "position-locked", settings: { scenario: "position-locked" } },
  { outcome: "fail", cause: "batch-dependent", settings: { scenario: "batch-dependent" } },
  { outcome: "fail", cause: "genuine", settings: { scenario: "perturbed" } }
].map((expected, index) =>
  Object.assign(expected, { name: `other-${index}`, title: JSON.stringify(expected.settings) })
)

describe("against a sound backend", async () => {
  const others = expectations.map(({ name, settings }) => [name, { adapter: "mock", ...settings }] as const)
  const studio = await openStudio({
    data: ":memory:",
    adapters: [mock],
    backends: { sound: { adapter: "mock" }, ...Object.fromEntries(others) },
    concurrencyPerBackend: 8
  })
  afterAll(() => studio.close())

  const runAll = async (backend: string): Promise<Arm> => {
    const runs = await Promise.all(
      cases.map(({ prompt = "", score }) =>
        score === undefined
          ? studio.generate({ backends: [backend], prompt, maxNewTokens: 16 })
          : studio.score({ backends: [backend], ...score, applySoftmax: true, oneByOne: true })
      )
    )
    return { label: backend, runIds: runs.flat().map(({ id }) => id) }
  }
  const sound = await runAll("sound")

  test.each(expectations)("$title: $outcome, $cause", async ({ name, outcome, cause }) => {
    const { verdict, divergences } = await studio.compare({ arms: [sound, await runAll(name)] })
    expect(verdict.outcome, verdict.sentence).toBe(outcome)
    if (cause !== null) expect(divergences[0]?.cause).toBe(cause)
  })
})
