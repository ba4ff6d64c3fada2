import { expect, test } from "vitest"
import { command } from "./command.ts"

const target = {
  config: { url: "http://127.0.0.1:30000", model: "/models/m", source: "/src/python", api_key: "k" },
  python: "/opt/jax/bin/python",
  served: { model: "served", tokenizer: "served-tokenizer" },
  outputFile: "/run/result.jsonl"
}

test("our flags, then those of the request, then the result file", () => {
  const { argv, env } = command(
    { "dataset-name": "random-ids", "num-prompts": 20, "tokenize-prompt": true, "disable-tqdm": false },
    target
  )
  expect(argv.join(" ")).toMatchInlineSnapshot(
    `"/opt/jax/bin/python -m sgl_jax.bench_serving --backend sgl-jax --base-url http://127.0.0.1:30000 --model /models/m --tokenizer /models/m --seed 1 --output-details --dataset-name random-ids --num-prompts 20 --tokenize-prompt --output-file /run/result.jsonl"`
  )
  expect(env).toMatchInlineSnapshot(`
    {
      "JAX_PLATFORMS": "cpu",
      "OPENAI_API_KEY": "k",
      "PYTHONPATH": "/src/python",
      "PYTHONUNBUFFERED": "1",
    }
  `)
})

test("the request's flags win, but for the result file", () => {
  expect(command({ seed: 7, model: "other", backend: "sglang-oai" }, target).argv).toEqual(
    expect.arrayContaining(["--seed", "7", "--model", "other", "--backend", "sglang-oai"])
  )
  expect(() => command({ "output-file": "x" }, target)).toThrow("set.output-file: is the studio's own")
})

test("a value that looks like a flag stays a value; a name that is none is refused", () => {
  expect(command({ "logprob-start-len": -1 }, target).argv).toContain("--logprob-start-len=-1")
  for (const name of ["--seed", "a b", "", "-x", "a;b"]) {
    expect(() => command({ [name]: 1 }, target)).toThrow("is not the name of a long flag")
  }
})

test("without a model in the settings, the served one is taken", () => {
  const { config, ...rest } = target
  const { argv } = command({}, { ...rest, config: { url: config.url } })
  expect(argv).toEqual(expect.arrayContaining(["--model", "served", "--tokenizer", "served-tokenizer"]))
})
