import * as fc from "fast-check"
import { describe, expect, test } from "vitest"
import {
  arm,
  fingerprint,
  generateRequest,
  promptArm,
  run,
  scoreRequest,
  scores,
  trace
} from "../../test/support/arms.ts"
import { compareArms } from "./compareArms.ts"

const verdictOf = (...arms: Parameters<typeof compareArms>[0]) => compareArms(arms).verdict

describe("token parity", () => {
  test("equal arms with enough prompts and tokens pass", () => {
    const { verdict, parity, gates } = compareArms([promptArm("a", 30, 11), promptArm("b", 30, 11)])
    expect(verdict).toMatchInlineSnapshot(`
      {
        "outcome": "pass",
        "reasons": [
          {
            "code": "within-tolerance",
            "evidence": {
              "gate": "token-parity",
              "max_abs_delta_logprob": 0,
              "tolerance": 0.01,
            },
            "message": "300 tokens in 30 prompts agree to 0",
          },
        ],
        "sentence": "b matches a: 300 tokens in 30 prompts agree to 0.",
        "wouldDecide": null,
      }
    `)
    expect(parity).toMatchObject({ positions: 300, prompts: 30, maxAbsDeltaLogprob: 0, klLowerBound: null })
    expect(gates.map((gate) => [gate.name, gate.outcome])).toEqual([["token-parity", "pass"]])
  })

  test("too few prompts never pass, and the verdict says how many more would decide", () => {
    expect(verdictOf(promptArm("a", 2, 8), promptArm("b", 2, 8))).toMatchObject({
      outcome: "inconclusive",
      wouldDecide: "28 more prompts and 286 more tokens would decide"
    })
    expect(verdictOf(promptArm("a", 29, 12), promptArm("b", 29, 12)).wouldDecide).toBe("1 more prompt would decide")
    expect(verdictOf(promptArm("a", 30, 10), promptArm("b", 30, 10)).wouldDecide).toBe("30 more tokens would decide")
  })

  test("a failure says what differs, by how much, what was allowed, and why", () => {
    const { sentence } = verdictOf(
      promptArm("a", 2, 12),
      promptArm("b", 2, 12, (_, position) => -position / 100)
    )
    expect(sentence).toMatchInlineSnapshot(
      `"b does not match a: the mean difference of the logprobs is 0.06, above 0.001 (class fp32: a float32, b float32); likely cause: the two sides compute something else (genuine)."`
    )
  })

  test("a fail may be said on one prompt", () => {
    expect(
      verdictOf(
        promptArm("a", 1, 5),
        promptArm("b", 1, 5, () => -0.02)
      )
    ).toMatchObject({
      outcome: "fail",
      reasons: [{ code: "beyond-tolerance" }, { code: "beyond-tolerance" }, { code: "beyond-tolerance" }]
    })
  })

  test("the declared dtypes choose the tolerance", () => {
    const off = () => -0.02
    const bf16 = { fingerprint: fingerprint({ dtype: "bfloat16" }) }
    expect(verdictOf(promptArm("a", 30, 12), promptArm("b", 30, 12, off, bf16)).outcome).toBe("pass")
    expect(verdictOf(promptArm("a", 30, 12), promptArm("b", 30, 12, off)).outcome).toBe("fail")
  })

  test("an undeclared dtype passes only within the strictest class and fails only beyond bfloat16", () => {
    const silent = { fingerprint: fingerprint({ dtype: null }) }
    const against = (delta: number) =>
      verdictOf(
        promptArm("a", 30, 12),
        promptArm("b", 30, 12, () => -delta, silent)
      )
    expect(against(0.0005).outcome).toBe("pass")
    expect(against(0.02)).toMatchObject({ outcome: "inconclusive", reasons: [{ code: "dtype-unknown" }, {}, {}] })
    expect(against(0.2).outcome).toBe("fail")
  })

  test("one gross error on a likely token fails although mean, RMS and p99 are small", () => {
    const spike = (prompt: number, position: number) => (prompt === 3 && position === 5 ? 0.25 : 0)
    const like = promptArm("a", 400, 12, () => -0.3)
    const hit = promptArm("b", 400, 12, (prompt, position) => -0.3 + spike(prompt, position))
    const { verdict, divergences } = compareArms([like, hit])
    expect(verdict.reasons[0]).toMatchObject({ code: "gross-error", evidence: { positions: 1 } })
    expect(divergences[0]).toMatchObject({ case: "generate-04", position: 5 })
  })
})

describe("token ids", () => {
  const prompt = (label: string, ids: readonly number[], tokens: readonly string[]) =>
    arm(label, {
      run: run(label, generateRequest()),
      traces: [trace({ ids, tokens, logprobs: ids.map((_, i) => (i === 0 ? null : -1 - i / 10)) })]
    })

  test("one more leading token is a template mismatch, and what follows is still compared", () => {
    const { verdict, parity, divergences } = compareArms([
      prompt("a", [1, 5, 6, 7], ["<s>", "x", "y", "z"]),
      prompt("b", [5, 6, 7], ["x", "y", "z"])
    ])
    expect(verdict.outcome).toBe("fail")
    expect(divergences[0]).toMatchObject({
      cause: "template-mismatch",
      evidence: { leading_ids: [1], leading_tokens: ["<s>"], longer: "a" }
    })
    expect(parity?.positions).toBe(2)
    expect(parity?.maxAbsDeltaLogprob).toBeGreaterThan(0)
    expect(parity?.supportMismatch).toBe(0)
  })

  test("the same text in other ids is a tokenizer mismatch at the first of them", () => {
    const { verdict, divergences } = compareArms([
      prompt("a", [1, 5, 6], ["a", "bc", "d"]),
      prompt("b", [1, 8, 9], ["a", "b", "cd"])
    ])
    expect(verdict.outcome).toBe("fail")
    expect(divergences).toMatchObject([{ cause: "tokenizer-mismatch", position: 1, evidence: { ids: { a: 5, b: 8 } } }])
  })
})

describe("greedy outputs", () => {
  const output = (label: string, id: number, top: readonly (readonly [number, number])[]) =>
    arm(label, {
      run: run(label, generateRequest(), { output: { text: null, tokenIds: [id] } }),
      traces: [trace({ ids: [1, 2, id], promptLength: 2, logprobs: [null, -1, top[0]![1]], top: [[], [], top] })]
    })

  test("a split within the near-tie tolerance is explained, one beyond it fails", () => {
    const a = output("a", 10, [
      [10, -0.7],
      [11, -0.705]
    ])
    const near = compareArms([
      a,
      output("b", 11, [
        [11, -0.7],
        [10, -0.704]
      ])
    ])
    expect(near.parity?.greedy).toEqual({ prompts: 1, equal: 0 })
    expect(near.divergences).toMatchObject([{ cause: "near-tie", position: 2 }])
    expect(near.verdict.outcome).toBe("inconclusive")
    const far = compareArms([
      a,
      output("b", 11, [
        [11, -0.3],
        [10, -1.3]
      ])
    ])
    expect(far.verdict).toMatchObject({ outcome: "fail", reasons: [{ code: "greedy-split" }] })
  })

  test("of many splits the share that no tie explains is judged, with what chance may do to it", () => {
    const side = (label: string, [first, second]: readonly [number, number], swings: readonly number[]) =>
      arm(
        label,
        ...swings.map((swing, k) => ({
          run: run(`${label}${k}`, generateRequest({ prompt: `prompt ${k}` }), {
            output: { text: null, tokenIds: [first] }
          }),
          traces: [
            trace({
              ids: [1, 2, first],
              promptLength: 2,
              logprobs: [null, -1, -0.7],
              top: [
                [],
                [],
                [
                  [first, -0.7],
                  [second, -0.7 - swing]
                ]
              ]
            })
          ]
        }))
      )
    const codes = (splits: number, genuine: number) => {
      const swings = Array.from({ length: splits }, (_, k) => (k < genuine ? 1 : 0.001))
      const { reasons } = verdictOf(side("a", [10, 11], swings), side("b", [11, 10], swings))
      return reasons.map(({ code }) => code).filter((code) => code.startsWith("greedy"))
    }
    expect(codes(71, 1)).toEqual(["greedy-split"])
    expect(codes(72, 1)).toEqual(["greedy-split-share"])
    expect(codes(200, 2)).toEqual([])
    expect(codes(200, 20)).toEqual(["greedy-split"])
  })
})

describe("score parity", () => {
  const one = (label: string, ...args: Parameters<typeof scores>) =>
    arm(label, { run: run(label, scoreRequest(), { score: scores(...args) }), traces: [] })

  test("a suite's gate on scores passes on thirty items, not on a few", () => {
    const gates = [{ name: "scores", parity: "score" }] as const
    const items = (count: number) => Array.from({ length: count }, (_, index) => 0.9 - index / 100)
    const judged = (count: number) =>
      compareArms([one("pt", items(count), items(count)), one("jax", items(count), items(count))], { gates }).verdict
    expect(judged(3)).toMatchObject({ outcome: "inconclusive", wouldDecide: "27 more scored items would decide" })
    expect(judged(30).outcome).toBe("pass")
    // What one side did not answer was not compared.
    const unanswered = {
      run: run("u", scoreRequest(), { workloadHash: "other", score: scores(items(30), items(30)) }),
      traces: []
    }
    const silent = { run: run("v", scoreRequest(), { workloadHash: "other", score: null }), traces: [] }
    const beside = (label: string, record: typeof silent) =>
      arm(label, { run: run(label, scoreRequest(), { score: scores(items(3), items(3)) }), traces: [] }, record)
    expect(compareArms([beside("pt", unanswered), beside("jax", silent)], { gates }).verdict.outcome).toBe(
      "inconclusive"
    )
    // Asking the same three again and again shows nothing of a fourth.
    const again = (label: string) =>
      arm(
        label,
        ...Array.from({ length: 20 }, () => ({
          run: run(label, scoreRequest(), { score: scores(items(3), items(3)) }),
          traces: []
        }))
      )
    expect(compareArms([again("pt"), again("jax")], { gates }).verdict).toMatchObject({
      outcome: "inconclusive",
      wouldDecide: "27 more scored items would decide"
    })
  })

  test("a score that depends on its batch is named with arm, request, item and both values", () => {
    const {
      verdict,
      divergences,
      scores: figures
    } = compareArms([one("pt", [0.9, 0.5, 0.1]), one("jax", [0.9, 0.05, 0.1], [0.9, 0.5, 0.1])])
    expect(verdict.sentence).toMatchInlineSnapshot(
      `"jax changes 1 of 1 ranking (scores move by up to 0.45); sent one by one the same items agree to 0: the score depends on the batch."`
    )
    expect(divergences).toMatchObject([
      {
        case: "score-01",
        position: null,
        cause: "batch-dependent",
        evidence: { arm: "jax", item: 1, batched: 0.05, one_by_one: 0.5 }
      }
    ])
    expect(figures).toMatchObject({ rankFlips: 1, top1Flips: 0, batchedVsSingle: [0, 0.45], maxAbsDeltaOneByOne: 0 })
  })

  test("improbable labels show it by their logarithms, where no probability moves", () => {
    const tiny = (label: string, batched: number) => {
      const score = { ...scores([0.5]), scores: [[batched, 2e-5]], oneByOne: [[1e-5, 2e-5]] }
      return arm(label, { run: run(label, scoreRequest(), { score }), traces: [] })
    }
    const { divergences, verdict } = compareArms([tiny("pt", 1e-5), tiny("jax", 4e-5)])
    expect(verdict.outcome).toBe("fail")
    expect(divergences).toMatchObject([{ cause: "batch-dependent", evidence: { arm: "jax", batched: 4e-5 } }])
    expect(compareArms([tiny("pt", 1e-5), tiny("jax", 1.1e-5)]).divergences).toEqual([])
  })

  test("scores that are off in the batch and alone are no batch effect", () => {
    const { verdict, divergences } = compareArms([one("a", [0.9, 0.5, 0.1]), one("b", [0.8, 0.5, 0.1])])
    expect(verdict.reasons[0]?.code).toBe("score-beyond-tolerance")
    expect(divergences.map((divergence) => divergence.cause)).not.toContain("batch-dependent")
  })

  test("a flip of two scores within the tolerance is a near tie; ties are no flip", () => {
    const {
      scores: figures,
      divergences,
      verdict
    } = compareArms([one("a", [0.5, 0.501, 0.1]), one("b", [0.501, 0.5, 0.1])])
    expect(figures).toMatchObject({ rankFlips: 1, top1Flips: 1 })
    expect(divergences).toMatchObject([{ cause: "near-tie" }])
    expect(verdict.outcome).toBe("inconclusive")
    expect(compareArms([one("a", [0.5, 0.5, 0.1]), one("b", [0.5, 0.5001, 0.1])]).scores?.rankFlips).toBe(0)
  })

  test("without the one-by-one check a request of several items cannot pass", () => {
    const { verdict } = compareArms([one("a", [0.9, 0.5], null), one("b", [0.9, 0.5], null)])
    expect(verdict).toMatchObject({ outcome: "inconclusive", reasons: [{ code: "one-by-one-missing" }] })
  })

  test("scores alone pass on thirty items", () => {
    const items = Array.from({ length: 30 }, (_, item) => item / 30)
    expect(verdictOf(one("a", items), one("b", items)).outcome).toBe("pass")
    expect(verdictOf(one("a", items.slice(1)), one("b", items.slice(1))).wouldDecide).toBe(
      "1 more scored item would decide"
    )
  })

  test("a score that is not a number fails", () => {
    expect(verdictOf(one("a", [0.5, 0.5]), one("b", [0.5, NaN])).reasons[0]?.code).toBe("broken-scores")
  })
})

describe("what may not pass", () => {
  test("requests that differ: refused, and the field is named", () => {
    const request = (label: string, items: readonly string[]) =>
      arm(label, { run: run(label, scoreRequest({ items }), { score: scores([0.5, 0.4]) }), traces: [] })
    const { comparability, verdict } = compareArms([request("a", [" x", " y"]), request("b", [" x", " z"])])
    expect(comparability).toEqual({
      outcome: "refused",
      differences: [{ path: "request.score.items.1", values: [" y", " z"], declared: false }]
    })
    expect(verdict).toMatchObject({ outcome: "inconclusive", reasons: [{ code: "not-comparable" }] })
  })

  test("a request that one arm lacks flags the comparison and keeps it from passing", () => {
    const { comparability, verdict } = compareArms([promptArm("a", 31, 12), promptArm("b", 30, 12)])
    expect(comparability).toMatchObject({ outcome: "flagged", differences: [{ path: "runs.generate-31" }] })
    expect(verdict.outcome).toBe("inconclusive")
  })

  test.each([
    ["failed", { status: "failed", error: { code: "crashed", message: "the server died", hint: null } }, "run-failed"],
    ["unfinished", { status: "running" }, "run-unfinished"],
    ["invalid", { validity: { outcome: "invalid", findings: [] } }, "run-invalid"]
  ] as const)("%s runs", (_, fields, code) => {
    const clean = promptArm("b", 40, 12)
    const [first, ...others] = clean.records
    const records = [{ traces: first!.traces, run: { ...first!.run, ...fields } }, ...others]
    const verdict = verdictOf(promptArm("a", 40, 12), { label: "b", records })
    expect(verdict).toMatchObject({
      outcome: "inconclusive",
      reasons: expect.arrayContaining([expect.objectContaining({ code })])
    })
    expect(verdict.wouldDecide).toMatch(/\d/)
  })

  test("one benchmark run per arm shows a ratio and judges nothing", () => {
    const bench = (label: string, value: number) =>
      arm(label, {
        run: run(
          label,
          { benchmark: { entrypoint: "serving", set: {} } },
          {
            metrics: {
              "e2e_latency_ms.p95": { value, unit: "ms", definition: "d" },
              completed: { value: 256, unit: "requests", definition: "d" }
            }
          }
        ),
        traces: []
      })
    const { metrics, gates, verdict, parity } = compareArms([bench("a", 100), bench("b", 150)])
    expect(metrics[0]).toEqual({
      name: "e2e_latency_ms.p95",
      unit: "ms",
      values: [100, 150],
      ratio: 1.5,
      interval: null,
      p: null
    })
    expect(gates).toMatchObject([{ outcome: "inconclusive", value: 1.5, moreRunsNeeded: 4 }])
    expect(verdict).toMatchObject({ outcome: "inconclusive", wouldDecide: "4 more runs per side would decide" })
    expect(parity).toBeNull()
  })
})

test("fingerprint differences: the engine, its build and dtype are declared, a flag of the same engine is not", () => {
  const on = (label: string, fields: Parameters<typeof fingerprint>[0]) =>
    promptArm(label, 30, 12, undefined, { fingerprint: fingerprint(fields) })
  const differences = (b: Parameters<typeof fingerprint>[0]) =>
    compareArms([on("a", { flags: { page_size: 1, port: 1 } }), on("b", { flags: { page_size: 1, port: 2 }, ...b })])
      .comparability
  expect(differences({ flags: { page_size: 16 } })).toEqual({
    outcome: "flagged",
    differences: [{ path: "fingerprint.flags.page_size", values: [1, 16], declared: false }]
  })
  expect(
    differences({ engine: "other", engineVersion: "2", dtype: "bfloat16", flags: { page_size: 16 } })
  ).toMatchObject({
    outcome: "comparable",
    differences: [
      { path: "fingerprint.engine", declared: true },
      { path: "fingerprint.engine_version", declared: true },
      { path: "fingerprint.dtype", declared: true },
      { path: "fingerprint.flags.page_size", declared: true }
    ]
  })
  expect(differences({ modelRevision: "r" }).differences).toEqual([])
})

test("with several candidates each has its own gates and the furthest one gives the figures", () => {
  const { gates, parity, verdict, levels } = compareArms([
    promptArm("a", 30, 12),
    promptArm("b", 30, 12),
    promptArm("c", 30, 12, () => -0.02)
  ])
  expect(gates.map((gate) => [gate.name, gate.outcome])).toEqual([
    ["token-parity:b", "pass"],
    ["token-parity:c", "fail"]
  ])
  expect(parity).toMatchObject({ candidate: "c", maxAbsDeltaLogprob: expect.closeTo(0.02) })
  expect(verdict.sentence).toMatch(/^c does not match a/)
  expect(levels.slice(0, 2)).toEqual([
    { level: "L0", outcome: "pass", reason: "30 prompts became the same token ids" },
    { level: "L1", outcome: "fail", reason: expect.stringMatching(/^c: the mean difference/) }
  ])
})

test("repeated requests pair by their order", () => {
  const twice = (label: string) =>
    arm(
      label,
      ...[1, 2].map((k) => ({ run: run(`${label}${k}`, scoreRequest(), { score: scores([0.5]) }), traces: [] }))
    )
  expect(compareArms([twice("a"), twice("b")]).pairs).toMatchObject([
    { case: "score-01#1", runIds: ["a1", "b1"] },
    { case: "score-01#2", runIds: ["a2", "b2"] }
  ])
})

test("whatever the engines return, every figure is finite or null, so that it survives JSON", () => {
  const logprob = fc.constantFrom(null, -0.5, -3, -Infinity, -3.4e38, NaN, 2)
  const top = fc.array(fc.tuple(fc.nat(3), fc.constantFrom(-0.1, -2, -Infinity)), { maxLength: 3 })
  const prompt = fc.record({
    ids: fc.array(fc.nat(3), { minLength: 3, maxLength: 3 }),
    logprobs: fc.array(logprob, { minLength: 3, maxLength: 3 }),
    top: fc.array(top, { minLength: 3, maxLength: 3 }),
    promptLength: fc.integer({ min: 1, max: 3 }),
    score: fc.array(fc.constantFrom(0, 0.5, 1, NaN), { minLength: 2, maxLength: 2 })
  })
  type Spec = typeof prompt extends fc.Arbitrary<infer T> ? T : never
  const side = (label: string, { score, ...spec }: Spec) =>
    arm(
      label,
      { run: run(label, generateRequest()), traces: [trace(spec)] },
      { run: run(`${label}s`, scoreRequest(), { score: scores(score) }), traces: [] }
    )
  fc.assert(
    fc.property(prompt, prompt, (a, b) => {
      const comparison = compareArms([side("a", a), side("b", b)])
      expect(JSON.parse(JSON.stringify(comparison))).toEqual(comparison)
      expect(comparison.verdict.outcome).not.toBe("pass")
    })
  )
})
