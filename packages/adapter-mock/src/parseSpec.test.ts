import { expect, test } from "vitest"
import { mockAdapter } from "./index.ts"
import { parseSpec } from "./parseSpec.ts"

const validate = (settings: unknown) => mockAdapter.config["~standard"].validate(settings)
const messages = async (spec: string) => (await validate(parseSpec(spec))).issues?.map(({ message }) => message)

test("a spec is a scenario and its settings", () => {
  expect(parseSpec("bf16,grid=false,seed=2,noise=fp32,run_noise=0.02")).toEqual({
    scenario: "bf16",
    grid: false,
    seed: 2,
    noise: "fp32",
    run_noise: 0.02
  })
  expect(parseSpec("")).toEqual({})
})

test("defaults are those of a clean backend that declares float32", async () => {
  expect(await validate({})).toMatchInlineSnapshot(`
    {
      "value": {
        "drift": 0,
        "dtype": "float32",
        "noise": "none",
        "runNoise": 0.01,
        "scenario": "clean",
        "seed": 0,
        "slowdown": 1,
        "tail": 0,
        "warmup": 0,
      },
    }
  `)
})

test("what is wrong is named, with what is right", async () => {
  expect(await messages("no-such")).toMatchInlineSnapshot(`
    [
      "Unknown scenario "no-such"; scenarios: clean, near-tie, bf16, temperature, bos-missing, tokenizer, truncated, position-locked, batch-dependent, cache-dependent, perturbed, mask-ignored, dropped, streamed-error, crash, hang, slow",
    ]
  `)
  expect(await messages("clean,sed=1")).toMatchInlineSnapshot(`
    [
      "Unknown setting "sed" of the mock; settings: scenario, seed, dtype, noise, run_noise, slowdown, drift, warmup, tail, value, at, grid",
    ]
  `)
  expect(await messages("clean,seed=x,dtype=fp8,tail=3")).toMatchInlineSnapshot(`
    [
      "seed="x": Expected number",
      "dtype="fp8": Expected "float32" | "bfloat16"",
      "tail=3: Expected a value between 0 and 1",
    ]
  `)
  expect(await messages("clean,value=2,at=1")).toMatchInlineSnapshot(`
    [
      "The scenario "clean" takes no "value"; it belongs to near-tie, bf16, temperature, tokenizer, truncated, position-locked, batch-dependent, cache-dependent, perturbed, slow",
      "The scenario "clean" takes no "at"; it belongs to position-locked, cache-dependent",
    ]
  `)
  expect((await validate(7)).issues?.map(({ message }) => message)).toMatchInlineSnapshot(`
    [
      "The settings of a mock are an object; keys: scenario, seed, dtype, noise, run_noise, slowdown, drift, warmup, tail, value, at, grid",
    ]
  `)
  expect(() => parseSpec("clean,seed")).toThrowErrorMatchingInlineSnapshot(
    `[AdapterError: "seed" is not key=value in the spec of a mock.]`
  )
})
