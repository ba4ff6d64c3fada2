import * as fc from "fast-check"
import { describe, expect, test } from "vitest"
import { benchArm, type BenchSpec } from "../../test/support/benchArms.ts"
import type { ArmRecords } from "../compare/Arms.ts"
import type { GateRule } from "../domain/gateRule.ts"
import type { Sample } from "../domain/sample.ts"
import { compareArms } from "./compareArms.ts"

const steady = [100, 101, 99, 100.5, 99.5]
const times = (factor: number) => steady.map((value, k) => value * factor * (1 + 0.002 * (k % 3)))
const p50: GateRule = { name: "p50", metric: "e2e_latency_ms.p50", maxRegression: 0.05 }
const against = (a: BenchSpec, b: BenchSpec, ...gates: readonly GateRule[]) =>
  compareArms([benchArm("a", a), benchArm("b", b)], gates.length === 0 ? {} : { gates })

describe("no worse than the baseline by more than a margin", () => {
  test("a slower candidate fails, and the sentence says by how much, how surely, and what was allowed", () => {
    const { gates, verdict, metrics } = against({ values: steady }, { values: times(1.15) }, p50)
    expect(gates).toMatchObject([
      { name: "p50", outcome: "fail", reason: "regressed-beyond-margin", margin: 0.05, moreRunsNeeded: null }
    ])
    expect(gates[0]!.interval![0]).toBeGreaterThan(1.05)
    expect(verdict.sentence).toMatchInlineSnapshot(
      `"Worse than allowed: e2e_latency_ms.p50 of b moved by +15.2 % (+14.2 % to +16.2 %), beyond the 5 % that is allowed."`
    )
    const [delta] = metrics
    expect(delta).toMatchObject({ name: "e2e_latency_ms.p50", ratio: gates[0]!.value, interval: gates[0]!.interval })
    expect(delta!.p).toBeLessThan(1e-6)
    expect(delta!.values[1]! / delta!.values[0]!).toBeCloseTo(delta!.ratio!, 9)
  })

  test("an equal one passes", () => {
    const { verdict } = against({ values: steady }, { values: times(1) }, p50)
    expect(verdict.outcome).toBe("pass")
    expect(verdict.sentence).toMatchInlineSnapshot(
      `"e2e_latency_ms.p50 of b moved by +0.16 % (-0.72 % to +1 %), less than 5 % either way."`
    )
  })

  test("two runs per side decide nothing, and say how many more would", () => {
    const { gates, verdict } = against({ values: [100, 101] }, { values: [130, 131] }, p50)
    expect(gates).toMatchObject([
      { outcome: "inconclusive", reason: "too-few-runs", moreRunsNeeded: 3, interval: null }
    ])
    expect(verdict.wouldDecide).toBe("3 more runs per side would decide")
  })

  test("what noise hides is inconclusive with the runs that would show it", () => {
    const noisy = [100, 120, 90, 112, 95]
    const { gates, verdict } = against({ values: noisy }, { values: noisy.toReversed() }, p50)
    expect(gates).toMatchObject([{ outcome: "inconclusive", reason: "underpowered" }])
    expect(gates[0]!.moreRunsNeeded).toBeGreaterThan(5)
    expect(verdict.wouldDecide).toBe(`${gates[0]!.moreRunsNeeded} more runs per side would decide`)
    const hopeless = [100, 300, 30, 200, 50]
    const wide = against({ values: hopeless }, { values: hopeless.map((value) => value * 1.0499) }, p50)
    expect(wide.verdict.wouldDecide).toMatch(/^more than 10000 runs per side would be needed/)
  })

  test("of a throughput less is worse, and the interval stays candidate / baseline", () => {
    const rule: GateRule = { name: "t", metric: "output_throughput", maxRegression: 0.05 }
    const slower = against({ metric: rule.metric, values: steady }, { metric: rule.metric, values: times(0.8) }, rule)
    expect(slower.gates[0]).toMatchObject({ outcome: "fail" })
    expect(slower.gates[0]!.interval![1]).toBeLessThan(0.85)
    expect(slower.metrics[0]!.p).toBeLessThan(0.001)
    const faster = against({ metric: rule.metric, values: steady }, { metric: rule.metric, values: times(1.2) }, rule)
    expect(faster.gates[0]).toMatchObject({ outcome: "pass", reason: "improved" })
  })

  test("interleaved blocks are paired: a drift that both sides share does not hide an equal pair", () => {
    const [a, b] = [
      [100, 104, 108, 112, 116],
      [101, 104.8, 109.3, 113, 117.1]
    ]
    expect(against({ values: a, blocks: true }, { values: b, blocks: true }, p50).verdict.outcome).toBe("pass")
    expect(against({ values: a }, { values: b }, p50).verdict.outcome).toBe("inconclusive")
  })

  test("sides of unlike numbers of runs are compared all the same", () => {
    const { verdict, comparability } = against({ values: steady }, { values: times(1).slice(0, 4) }, p50)
    expect(comparability.outcome).toBe("comparable")
    expect(verdict.outcome).toBe("pass")
  })

  test("swapping the sides turns the interval over; a common factor changes nothing", () => {
    const sample = fc.array(fc.double({ min: 50, max: 200, noNaN: true }), { minLength: 3, maxLength: 6 })
    fc.assert(
      fc.property(sample, sample, fc.double({ min: 0.1, max: 10, noNaN: true }), (a, b, factor) => {
        const [there] = against({ values: a }, { values: b }, p50).gates
        const [back] = against({ values: b }, { values: a }, p50).gates
        const [scaled] = against(
          { values: a.map((value) => value * factor) },
          { values: b.map((value) => value * factor) },
          p50
        ).gates
        expect(there!.value! * back!.value!).toBeCloseTo(1, 9)
        expect(there!.interval![0] * back!.interval![1]).toBeCloseTo(1, 6)
        expect(scaled!.value).toBeCloseTo(there!.value!, 9)
      })
    )
  })
})

describe("what may not pass in silence", () => {
  test("an invalid run is left out, named, and keeps the gate open", () => {
    const invalid = {
      validity: {
        outcome: "invalid",
        findings: [{ code: "drift", severity: "error", message: "times drift by 12 %", evidence: {} }]
      }
    } as const
    const spec = { values: [...times(1).slice(0, 4), 900], fields: { 4: invalid } }
    const { gates, verdict, metrics } = against({ values: steady }, spec, p50)
    expect(gates).toMatchObject([{ outcome: "inconclusive", reason: "invalid-run", moreRunsNeeded: 1 }])
    expect(metrics[0]!.ratio).toBeLessThan(1.1)
    expect(verdict.sentence).toContain("times drift by 12 %")
    expect(against({ values: steady }, { ...spec, values: times(1.2) }, p50).gates[0]!.outcome).toBe("fail")
  })

  test("a metric that some run lacks", () => {
    const { gates, verdict } = against({ values: steady }, { values: times(1).slice(0, 4), metric: "ttft_ms.p50" }, p50)
    expect(gates).toMatchObject([{ outcome: "inconclusive", reason: "metric-missing", value: null }])
    expect(verdict.wouldDecide).toMatch(/\d/)
  })

  test("a percentile that the requests of a run cannot tell: named by a rule it is open, by default it is left out", () => {
    const p99: GateRule = { name: "p99", metric: "e2e_latency_ms.p99", maxRegression: 0.1 }
    const spec = (factor: number) => ({ metric: p99.metric, values: times(factor), requests: 256 })
    const { gates, verdict } = against(spec(1), spec(1.3), p99)
    expect(gates).toMatchObject([{ outcome: "inconclusive", reason: "too-few-samples" }])
    expect(verdict.sentence).toMatchInlineSnapshot(
      `"Not decided: e2e_latency_ms.p99 needs 1000 values per run to be judged, and a run on a has 256; 744 more values per run would decide."`
    )
    expect(against(spec(1), spec(1.3)).gates.map(({ name }) => name)).toEqual(["failure_rate"])
    const enough = (factor: number) => ({ ...spec(factor), requests: 1000 })
    expect(against(enough(1), enough(1.3), p99).verdict.outcome).toBe("fail")
  })

  test("times of the few that did not fail", () => {
    const dying = { values: times(1), failed: 150 }
    const { gates, verdict } = against({ values: steady }, dying, p50)
    expect(gates).toMatchObject([{ outcome: "inconclusive", reason: "failures-flatter" }])
    expect(verdict.sentence).toContain("750 of 1280 requests failed on b (0 of 1280 on a)")
    expect(against({ values: steady, failed: 150 }, dying, p50).verdict.outcome).toBe("pass")
    expect(against({ values: steady }, { values: times(1), failed: 2 }, p50).verdict.outcome).toBe("pass")
    const lenient: GateRule = { name: "failures", metric: "failure_rate", max: 0.7 }
    expect(against({ values: steady }, dying, p50, lenient).gates[0]).toMatchObject({ name: "p50", outcome: "pass" })
    expect(against({ values: steady }, { ...dying, values: times(1.2) }, p50).gates[0]!.outcome).toBe("fail")
  })

  test("runs that cannot be counted are named, also where failures are judged", () => {
    const invalid = { validity: { outcome: "invalid", findings: [] } } as const
    const none = { values: times(1), fields: Object.fromEntries(steady.map((_, k) => [k, invalid])) }
    for (const rule of [
      { name: "f", metric: "failure_rate", max: 0.01 },
      { name: "f", metric: "failure_rate", maxRegression: 0.01 }
    ])
      expect(against({ values: steady }, none, rule).gates[0]).toMatchObject({
        reason: "invalid-run",
        moreRunsNeeded: 5
      })
  })

  test("times of other amounts of work", () => {
    const { gates } = against({ values: steady }, { values: times(1.2), outputTokens: 20 }, p50)
    expect(gates).toMatchObject([{ outcome: "inconclusive", reason: "work-differs" }])
  })

  test("times of fewer prompts than the other side was sent", () => {
    const set = { "num-prompts": 256 }
    const { gates, verdict } = against({ values: steady, set }, { values: times(1), set, requests: 200 }, p50)
    expect(gates).toMatchObject([{ outcome: "inconclusive", reason: "work-differs" }])
    expect(verdict.sentence).toContain("a was sent 256 requests per run and b 200")
    const timed = { duration: 10 }
    expect(
      against({ values: steady, set: timed }, { values: times(1), set: timed, requests: 200 }, p50).verdict.outcome
    ).toBe("pass")
  })

  test("what was asked otherwise under the same name: one row per gate, which names the field, and limits still hold", () => {
    const tagged = Object.fromEntries(steady.map((_, k) => [k, { tags: ["case:r"] }]))
    const spec = (prompts: number) => ({ values: steady, set: { "num-prompts": prompts }, fields: tagged })
    const cap: GateRule = { name: "cap", metric: "e2e_latency_ms.p50", max: 90 }
    const { gates, verdict } = against(spec(256), spec(300), p50, cap)
    expect(gates).toMatchObject([
      { name: "p50", outcome: "inconclusive", reason: "not-comparable" },
      { name: "cap", outcome: "fail" }
    ])
    expect(gates[0]!.message).toBe(
      "the sides did not do the same work: they differ in request.benchmark.set.num-prompts"
    )
    expect(verdict.outcome).toBe("fail")
    expect(against(spec(256), spec(300), p50).verdict.sentence).toMatch(
      /^Not decided: the sides did not do the same work: they differ in request\.benchmark\.set\.num-prompts; /
    )
  })

  test("a metric of 0, and one whose direction nobody defined", () => {
    const zero = against({ values: [0, 0, 0] }, { values: [1, 1, 1] }, p50)
    expect(zero.gates).toMatchObject([{ outcome: "inconclusive", reason: "zero-baseline" }])
    const own: GateRule = { name: "own", metric: "my_thing", maxRegression: 0.05 }
    const unknown = against({ metric: "my_thing", values: steady }, { metric: "my_thing", values: steady }, own)
    expect(unknown.gates).toMatchObject([{ outcome: "inconclusive", reason: "metric-unknown" }])
  })

  test("whatever the runs hold, every figure survives JSON", () => {
    const value = fc.constantFrom(0, 1, 100, 101, 1e-9, 1e12)
    const values = fc.array(value, { minLength: 1, maxLength: 5 })
    fc.assert(
      fc.property(values, values, fc.boolean(), (a, b, blocks) => {
        for (const gates of [[p50, { name: "max", metric: p50.metric, max: 100 }], []]) {
          const comparison = against({ values: a, blocks }, { values: b, blocks }, ...gates)
          expect(JSON.parse(JSON.stringify(comparison))).toEqual(comparison)
          if (comparison.verdict.outcome === "inconclusive") expect(comparison.verdict.wouldDecide).toMatch(/\d/)
        }
      })
    )
  })
})

describe("several gates", () => {
  test("all must pass, without a correction; of those that fail Holm names the surest first", () => {
    const throughput: GateRule = { name: "throughput", metric: "output_throughput", maxRegression: 0.05 }
    const { verdict, gates } = against(
      { values: { "e2e_latency_ms.p50": steady, output_throughput: steady } },
      { values: { "e2e_latency_ms.p50": times(1.3), output_throughput: times(0.9) } },
      p50,
      throughput
    )
    expect(gates.map(({ outcome }) => outcome)).toEqual(["fail", "fail"])
    expect(verdict.sentence).toMatch(/^Worse than allowed: e2e_latency_ms\.p50 of b .*; 1 more gate fails\.$/)
    const [first, second] = verdict.reasons.map(({ evidence }) => evidence)
    expect(first!["p_fail_holm"]).toBe(2 * Number(first!["p_fail"]))
    expect(Number(second!["p_fail_holm"])).toBeGreaterThanOrEqual(Number(first!["p_fail_holm"]))
  })

  test("several requests and candidates have gates of their own", () => {
    const both = (label: string, factor: number): ArmRecords => {
      const [short, long] = [{ "input-len": 1 }, { "input-len": 2 }].map((set) =>
        benchArm(`${label}${set["input-len"]}`, { values: times(factor), set })
      )
      return { label, records: [...short!.records, ...long!.records] }
    }
    const { gates, metrics } = compareArms([both("a", 1), both("b", 1), both("c", 1.3)], { gates: [p50] })
    expect(gates.map(({ name, outcome }) => [name, outcome])).toEqual([
      ["p50:b:benchmark-01", "pass"],
      ["p50:c:benchmark-01", "fail"],
      ["p50:b:benchmark-02", "pass"],
      ["p50:c:benchmark-02", "fail"]
    ])
    expect(metrics[0]).toMatchObject({ interval: null })
    expect(metrics[0]!.ratio).toBeCloseTo(1.3, 1)
  })

  test("without rules every benchmark is held to the usual ones", () => {
    const { gates, verdict } = against(
      { values: { "ttft_ms.p50": steady, "ttft_ms.p90": steady, output_throughput: steady } },
      { values: { "ttft_ms.p50": times(1), "ttft_ms.p90": times(3), output_throughput: times(1) } }
    )
    expect(gates.map(({ name, outcome, margin }) => [name, outcome, margin])).toEqual([
      ["ttft_ms.p50", "pass", 0.03],
      ["output_throughput", "pass", 0.03],
      ["failure_rate", "pass", 0.01]
    ])
    expect(verdict.outcome).toBe("pass")
  })

  test("a rule that nothing speaks to has no row, and no row is no pass", () => {
    const tokens: GateRule = { name: "tokens", parity: "token" }
    const { gates, verdict } = against({ values: steady }, { values: steady }, tokens)
    expect(gates).toEqual([])
    expect(verdict).toMatchObject({ outcome: "inconclusive", reasons: [{ code: "no-data" }] })
  })
})

describe("failures", () => {
  const most: GateRule = { name: "failures", metric: "failure_rate", max: 0.01 }
  const failing = (failed: number, requests = 256) => ({ values: steady, failed, requests })
  const outcome = (a: BenchSpec, b: BenchSpec, ...gates: readonly GateRule[]) =>
    against(a, b, ...gates).gates.find(({ name }) => name.startsWith("fail"))

  test("a limit is a share of requests, three-valued", () => {
    expect(outcome(failing(0), failing(0), most)).toMatchObject({ outcome: "pass", value: 0, margin: 0.01 })
    expect(outcome(failing(0), failing(13), most)).toMatchObject({ outcome: "fail", reason: "beyond-limit" })
    expect(outcome(failing(0), failing(2), most)).toMatchObject({ outcome: "inconclusive" })
    expect(outcome(failing(0, 10), failing(0, 10), most)).toMatchObject({ outcome: "inconclusive" })
  })

  test("by default more failures than chance explains fail", () => {
    expect(outcome(failing(0), failing(2))).toMatchObject({ outcome: "fail", reason: "more-failures" })
    expect(outcome(failing(1, 20), failing(1, 20))).toMatchObject({ outcome: "inconclusive", value: 0.05 })
    expect(outcome(failing(3), failing(3))).toMatchObject({ outcome: "pass", reason: "no-more-failures" })
    expect(outcome(failing(3), failing(0))).toMatchObject({ outcome: "pass" })
    expect(outcome(failing(26, 2560), failing(26, 2560))).toMatchObject({ outcome: "pass" })
  })
})

describe("limits of one's own", () => {
  const slo: GateRule = { name: "slo", metric: "ttft_ms.p99", max: 200 }
  const samples = (good: number, late: number): readonly Sample[] =>
    Array.from({ length: good + late }, (_, index) => ({
      startMs: index,
      ttftMs: index < good ? 100 : 300,
      itlMs: [],
      e2eMs: 400,
      inputTokens: 1,
      outputTokens: 1,
      error: null
    }))
  const outcome = (spec: Partial<BenchSpec>) =>
    compareArms([benchArm("b", { metric: slo.metric, values: [150, 150, 150], requests: 1000, ...spec })], {
      gates: [slo]
    }).gates[0]

  test("where requests were timed, the share of them within it", () => {
    expect(outcome({ samples: samples(999, 1) })).toMatchObject({ outcome: "pass", reason: "within-limit" })
    expect(outcome({ samples: samples(970, 30) })).toMatchObject({ outcome: "fail", reason: "beyond-limit" })
    expect(outcome({ samples: samples(991, 9) })).toMatchObject({ outcome: "inconclusive", reason: "limit-uncertain" })
  })

  test("otherwise the runs' own values, from three runs on", () => {
    expect(outcome({ values: [150, 151, 149] })).toMatchObject({ outcome: "pass" })
    expect(outcome({ values: [250, 251, 249] })).toMatchObject({ outcome: "fail" })
    expect(outcome({ values: [190, 210, 199] })).toMatchObject({ outcome: "inconclusive" })
    expect(outcome({ values: [150, 151] })).toMatchObject({ outcome: "inconclusive", moreRunsNeeded: 3 })
  })

  test("an arm alone can be held to a limit, and has no baseline to be worse than", () => {
    const alone = compareArms([benchArm("b", { values: steady })], {
      gates: [p50, { ...p50, name: "max", max: 120 } as GateRule]
    })
    expect(alone.gates).toMatchObject([
      { name: "p50", outcome: "inconclusive", reason: "no-baseline" },
      { name: "max", outcome: "pass" }
    ])
  })
})
