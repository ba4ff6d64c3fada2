import { fileURLToPath } from "node:url"
import { afterAll, beforeAll, expect, test } from "vitest"
import type { Run } from "../../src/domain/run.ts"
import { openStudio, type Studio } from "../../src/index.ts"

// SGLang PyTorch 0.5.15.post1 and SGLang-JAX cddbf6f1 on a CPU: 32 prompts, 12 score requests of 4 items, taken in as a
// user would. `overlap` and `page16` are two settings of SGLang-JAX under which a score depends on its batch.
const bundles = ["../../../cli/demo/demo.json.gz", "../golden/recorded-demo.json.gz"]

let studio: Studio
let runs: readonly Run[]

beforeAll(async () => {
  studio = await openStudio({ data: ":memory:", adapters: [], backends: {} })
  const paths = bundles.map((path) => fileURLToPath(new URL(path, import.meta.url)))
  ;({ runs } = await studio.import(paths))
})

afterAll(() => studio[Symbol.asyncDispose]())

const compare = (labels: readonly string[]) =>
  studio.compare({
    arms: labels.map((label) => ({ label, runIds: runs.filter((run) => run.backend === label).map(({ id }) => id) }))
  })

const digits = (value: number | null | undefined, n: number): number => Number(value?.toPrecision(n))

test.each([
  ["pytorch-float32", "jax-float32", [1.24e-5, 1.38e-6, 1.91e-6, "782/782", "32/32", 1.2e-6, "0/12", 0], "pass", []],
  [
    "pytorch-float32",
    "jax-overlap",
    [1.24e-5, 1.38e-6, 1.91e-6, "782/782", "32/32", 0.808, "9/12", 4],
    "fail",
    ["batch-dependent"]
  ],
  [
    "pytorch-float32",
    "jax-page16",
    [1.24e-5, 1.38e-6, 1.91e-6, "782/782", "32/32", 0.864, "8/12", 0],
    "fail",
    ["batch-dependent"]
  ],
  [
    "pytorch-bfloat16",
    "jax-bfloat16",
    [0.0786, 0.0154, 0.0217, "771/782", "29/32", 0.0078, "0/12", 0],
    "pass",
    ["precision-grid", "near-tie"]
  ],
  [
    "pytorch-float32",
    "pytorch-bfloat16",
    [0.0671, 0.0105, 0.0144, "774/782", "25/32", 0.0185, "0/12", 0],
    "pass",
    ["precision", "near-tie"]
  ],
  [
    "jax-float32",
    "jax-bfloat16",
    [0.0865, 0.0136, 0.0187, "779/782", "26/32", 0.0107, "0/12", 0],
    "pass",
    ["precision-grid", "near-tie"]
  ]
] as const)("%s against %s", async (a, b, expected, outcome, causes) => {
  const { parity, scores, verdict, divergences } = await compare([a, b])
  expect([
    digits(parity?.maxAbsDeltaLogprob, 3),
    digits(parity?.meanAbsDeltaLogprob, 3),
    digits(parity?.rmsDeltaLogprob, 3),
    `${Math.round((parity?.top1Agreement ?? NaN) * (parity?.positions ?? NaN))}/${parity?.positions}`,
    `${parity?.greedy.equal}/${parity?.greedy.prompts}`,
    digits(scores?.maxAbsDelta, String(expected[5]).replace(/e.*|^0\.0*|\./g, "").length),
    `${scores?.rankFlips}/${scores?.requests}`,
    scores?.top1Flips
  ]).toEqual(expected)
  expect([...new Set(divergences.map(({ cause }) => cause))].sort()).toEqual([...causes].sort())
  expect(verdict.outcome).toBe(outcome)
})

test("several candidates are held against one baseline, each with its own gates", async () => {
  const { verdict, gates } = await compare(["pytorch-float32", "jax-float32", "jax-overlap", "jax-page16"])
  expect(verdict.outcome).toBe("fail")
  expect(gates.map(({ name, outcome }) => [name, outcome])).toEqual([
    ["token-parity:jax-float32", "pass"],
    ["score-parity:jax-float32", "pass"],
    ["token-parity:jax-overlap", "pass"],
    ["score-parity:jax-overlap", "fail"],
    ["token-parity:jax-page16", "pass"],
    ["score-parity:jax-page16", "fail"]
  ])
})
