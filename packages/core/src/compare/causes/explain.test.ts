import { describe, expect, test } from "vitest"
import { bell, type Fault, modelArm } from "../../../test/support/languageModel.ts"
import { compareArms } from "../../gate/compareArms.ts"
import { bf16Round } from "../../math/bf16.ts"
import type { ArmRecords, SelfProbe } from "../Arms.ts"

const noisy =
  (size: number) =>
  (logits: readonly number[], _: number, random: () => number): readonly number[] =>
    logits.map((logit) => logit + size * bell(random))

const fp32 = noisy(1e-6)

interface Scenario {
  readonly fault: Fault
  readonly cause: string | null
  readonly outcome: "pass" | "fail"
  readonly longest?: number
}

const scenarios: { readonly [name: string]: Scenario } = {
  "float32 rounding": { fault: { logits: fp32 }, cause: null, outcome: "pass" },
  "bfloat16 values, declared": {
    fault: { logits: noisy(0.013), logprob: bf16Round, dtype: "bfloat16" },
    cause: "precision-grid",
    outcome: "pass"
  },
  "bfloat16 values behind a declared float32": {
    fault: { logits: noisy(0.013), logprob: bf16Round },
    cause: "precision-grid",
    outcome: "fail"
  },
  "bfloat16 error off the grid, declared": {
    fault: { logits: noisy(0.013), dtype: "bfloat16" },
    cause: "precision",
    outcome: "pass"
  },
  "scaled logits": {
    fault: {
      logits: (logits) =>
        fp32(
          logits.map((logit) => logit / 0.7),
          0,
          Math.random
        )
    },
    cause: "raw-vs-temperature",
    outcome: "fail"
  },
  "an error from index 24 on": {
    fault: {
      logits: (logits, position, random) => (position < 24 ? fp32 : noisy(0.3))(logits, position, random)
    },
    cause: "position-locked",
    outcome: "fail"
  },
  "a BOS that one side lacks": { fault: { logits: fp32, head: [7] }, cause: "template-mismatch", outcome: "fail" },
  "only the last tokens are seen": { fault: { logits: fp32, seen: 16 }, cause: "input-truncated", outcome: "fail" },
  "other weights": { fault: { logits: noisy(0.02) }, cause: "genuine", outcome: "fail" }
}

describe.each(Object.entries(scenarios))("%s", (_, { fault, cause, outcome }) => {
  test.each(Array.from({ length: 12 }, (_, seed) => seed))("seed %i", (seed) => {
    const sound = modelArm("a", seed, {})
    const planted = modelArm("b", seed, { noise: seed + 1 }, fault)
    for (const arms of [
      [sound, planted],
      [planted, sound]
    ]) {
      const { verdict, divergences } = compareArms(arms)
      expect(divergences[0]?.cause ?? null).toBe(cause)
      expect(verdict.outcome).toBe(outcome)
    }
  })
})

test("a prompt without any value is no cut one", () => {
  const fault: Fault = { logits: noisy(0.02) }
  const planted = modelArm("b", 1, { noise: 2 }, fault)
  const [valueless] = modelArm("b", 1, { noise: 2 }, { ...fault, logprob: () => Number.NaN }).records
  const candidate = { ...planted, records: planted.records.with(0, valueless!) }
  const { divergences, verdict } = compareArms([modelArm("a", 1, {}), candidate])
  expect(divergences[0]?.cause).toBe("genuine")
  expect(verdict.outcome).toBe("fail")
})

test("a temperature is told by its value", () => {
  const halved: Fault = { logits: (logits) => logits.map((logit) => logit / 0.5) }
  const { divergences } = compareArms([modelArm("a", 1, {}), modelArm("b", 1, {}, halved)])
  expect(divergences[0]?.evidence["temperature"]).toBeCloseTo(0.5, 6)
})

describe("probes", () => {
  const sound = modelArm("a", 3, {})
  const again = (fault: Fault, kind: SelfProbe["kind"]): readonly SelfProbe[] =>
    modelArm("b", 3, { noise: 1 }, fault).records.map((record) => ({ kind, of: record.run.id, record }))
  const withProbes = (...probes: readonly (readonly SelfProbe[])[]): ArmRecords => ({
    ...modelArm("b", 3, {}),
    probes: probes.flat()
  })
  const off: Fault = { logits: noisy(0.5) }

  test("an answer that changes when it is sent alone depends on its batch", () => {
    const { verdict, divergences, gates } = compareArms([sound, withProbes(again(off, "batch-of-1"))])
    expect(divergences[0]).toMatchObject({ cause: "batch-dependent", evidence: { arm: "b" } })
    expect(verdict.outcome).toBe("fail")
    expect(gates.map((gate) => [gate.name, gate.outcome])).toContainEqual(["self-consistency:b", "fail"])
  })

  test("one that changes on a repeat and not after a flush depends on the cache", () => {
    const { divergences } = compareArms([sound, withProbes(again(off, "repeat"), again({}, "flushed"))])
    expect(divergences[0]?.cause).toBe("cache-dependent")
  })

  test("one that changes whatever is done has no cause that a probe can name", () => {
    const { divergences, verdict } = compareArms([sound, withProbes(again(off, "repeat"))])
    expect(divergences[0]?.cause).toBe("unexplained")
    expect(verdict.outcome).toBe("fail")
  })

  test("the same answers again pass", () => {
    const { gates, verdict } = compareArms([sound, withProbes(again({}, "repeat"), again({}, "batch-of-1"))])
    expect(verdict.outcome).toBe("pass")
    expect(gates.map((gate) => gate.name)).toContain("self-consistency:b")
  })
})
