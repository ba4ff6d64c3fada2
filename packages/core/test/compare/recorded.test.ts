import { readFileSync } from "node:fs"
import { gunzipSync } from "node:zlib"
import { describe, expect, test } from "vitest"
import type { ArmRecords } from "../../src/compare/Arms.ts"
import type { Comparison } from "../../src/domain/comparison.ts"
import { compareArms } from "../../src/gate/compareArms.ts"
import { arm, fingerprint, generateRequest, run, scoreRequest, trace } from "../support/arms.ts"

/**
 * What SGLang-JAX (cddbf6f1) and SGLang PyTorch (0.5.15) returned for a tiny Llama: 8 prompts teacher-forced with the
 * five best tokens, 32 greedy tokens each, 15 score requests of four items. `perturbed`: one projection times 1.02.
 * Logprobs are float32 in their shortest decimal form.
 */
interface Recording {
  readonly prompts: readonly (readonly number[])[]
  readonly scores: readonly { softmax: boolean; itemFirst: boolean; labels: readonly number[]; items: number }[]
  readonly arms: {
    readonly [name: string]: {
      readonly traces: readonly {
        readonly output: readonly number[]
        readonly logprobs: readonly (number | null)[]
        readonly topIds: readonly (readonly number[])[]
        readonly topLogprobs: readonly (readonly number[])[]
      }[]
      readonly scores: readonly (readonly (readonly number[])[])[]
    }
  }
}

const recording: Recording = JSON.parse(
  gunzipSync(readFileSync(new URL("../golden/recorded-parity.json.gz", import.meta.url))).toString()
)

const recorded = (name: string): ArmRecords => {
  const [engine = "", condition = ""] = name.split(" ")
  const { traces, scores } = recording.arms[name]!
  const system = {
    fingerprint: fingerprint({ engine, dtype: condition === "bfloat16" ? "bfloat16" : "float32" })
  }
  return arm(
    name,
    ...recording.prompts.map((prompt, i) => {
      const { output, logprobs, topIds, topLogprobs } = traces[i]!
      const top = topIds.map((ids, row) => ids.map((id, slot) => [id, Math.fround(topLogprobs[row]![slot]!)] as const))
      const exact = logprobs.map((logprob) => (logprob === null ? null : Math.fround(logprob)))
      return {
        run: run(`${name}-${i}`, generateRequest({ inputIds: prompt, prompt: null, maxNewTokens: 32 }), system),
        traces: [trace({ ids: [...prompt, ...output], promptLength: prompt.length, logprobs: exact, top })]
      }
    }),
    ...recording.scores.map(({ softmax, itemFirst, labels, items }, i) => ({
      run: run(
        `${name}-score-${i}`,
        scoreRequest({ query: String(i), applySoftmax: softmax, itemFirst, labels: null, labelTokenIds: labels }),
        {
          ...system,
          score: {
            items: Array.from({ length: items }, () => ({ text: null, inputIds: null })),
            labels: labels.map((id) => ({ text: null, id })),
            scores: scores[i]!,
            logprobs: null,
            oneByOne: null
          }
        }
      ),
      traces: []
    }))
  )
}

/** As the figures are quoted: three digits, top-1 and greedy as counts, first splits as prompt@token. */
const figures = ({ parity, scores }: Omit<Comparison, "id" | "createdAt">) => [
  ...[parity?.maxAbsDeltaLogprob, parity?.meanAbsDeltaLogprob, parity?.rmsDeltaLogprob].map(digits),
  `${Math.round((parity?.top1Agreement ?? NaN) * (parity?.positions ?? NaN))}/${parity?.positions}`,
  `${parity?.greedy.equal}/${parity?.greedy.prompts}`,
  digits(scores?.maxAbsDelta)
]

const digits = (value: number | null | undefined): string => Number(value?.toPrecision(3)).toString()

describe("two real engines", () => {
  test.each([
    ["jax float32", "pytorch float32", ["0.00000715", "0.00000138", "0.00000182", "378/378", "8/8", "7.45e-7"], null],
    [
      "jax perturbed",
      "pytorch perturbed",
      ["0.00000834", "0.00000129", "0.0000018", "378/378", "8/8", "7.15e-7"],
      null
    ],
    ["jax bfloat16", "pytorch bfloat16", ["0.117", "0.0138", "0.0198", "370/378", "5/8", "0.0155"], "precision-grid"],
    ["jax float32", "jax bfloat16", ["0.0842", "0.0145", "0.0197", "372/378", "5/8", "0.0119"], "precision-grid"],
    ["pytorch float32", "pytorch bfloat16", ["0.0609", "0.0107", "0.0145", "373/378", "5/8", "0.00687"], "precision"],
    ["pytorch float32", "pytorch perturbed", ["0.101", "0.0125", "0.0183", "374/378", "6/8", "0.0108"], "genuine"],
    ["jax float32", "jax perturbed", ["0.101", "0.0125", "0.0183", "374/378", "6/8", "0.0108"], "genuine"]
  ] as const)("%s against %s", (a, b, expected, cause) => {
    const comparison = compareArms([recorded(a), recorded(b)])
    expect(figures(comparison)).toEqual(expected)
    expect(comparison.divergences[0]?.cause ?? null).toBe(cause)
    expect(comparison.verdict.outcome).toBe(cause === "genuine" ? "fail" : "inconclusive")
  })

  test("greedy outputs of the bfloat16 engines part where neither token was ahead", () => {
    const { divergences } = compareArms([recorded("jax bfloat16"), recorded("pytorch bfloat16")])
    const splits = divergences.filter(({ position, evidence }) => position !== null && "swing" in evidence)
    expect(splits.map(({ case: name, cause, evidence }) => [name, cause, evidence["generated_before"]])).toEqual([
      ["generate-05", "near-tie", 5],
      ["generate-07", "near-tie", 23],
      ["generate-08", "near-tie", 9]
    ])
  })

  test("scores that depend on the batch leave every token as it is", () => {
    const { parity, scores, verdict } = compareArms([
      recorded("pytorch float32"),
      recorded("jax float32-overlap-aliased")
    ])
    expect(parity?.maxAbsDeltaLogprob).toBeLessThan(1e-5)
    expect(scores?.maxAbsDelta).toBeCloseTo(0.434, 3)
    expect(verdict.outcome).toBe("fail")
  })
})
