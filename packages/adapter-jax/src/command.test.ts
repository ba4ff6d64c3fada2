import { benchCommand, type BenchTarget } from "@sglang-studio/sglang-wire"
import type { BenchmarkFlags } from "@sglang-studio/core/domain"
import { expect, test } from "vitest"
import { programs } from "./command.ts"

const target: BenchTarget = {
  config: { url: "http://127.0.0.1:30000", model: "/models/m", source: "/src/python", api_key: "k" },
  python: "/opt/jax/bin/python",
  module: "sgl_jax.bench_serving",
  served: { model: "served", tokenizer: "served-tokenizer" },
  outputFile: "/run/result.jsonl"
}
const serving = (set: BenchmarkFlags, changed: Partial<BenchTarget> = {}) =>
  benchCommand(programs, "serving", set, { ...target, ...changed })

test("our flags, then those of the request, then the result file", () => {
  const { argv, env } = serving({
    "dataset-name": "random-ids",
    "num-prompts": 20,
    "tokenize-prompt": true,
    "disable-tqdm": false
  })
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

test.each([
  ["sharegpt", { "dataset-path": "/data/sharegpt.json", "sharegpt-output-len": 64 }],
  ["custom", { "dataset-path": "/data/mine.jsonl" }],
  ["random-ids", { "random-input-len": 64, "random-output-len": 16, "random-range-ratio": 1 }],
  ["generated-shared-prefix", { "gsp-num-groups": 4, "gsp-prompts-per-group": 2, "gsp-system-prompt-len": 64 }]
])("the data set %s is passed through", (name, flags) => {
  const { argv } = serving({ "dataset-name": name, ...flags })
  for (const [flag, value] of Object.entries({ "dataset-name": name, ...flags }))
    expect(argv[argv.indexOf(`--${flag}`) + 1]).toBe(String(value))
})

test("the request's flags win, but for the result file", () => {
  expect(serving({ seed: 7, model: "other", backend: "sglang-oai" }).argv).toEqual(
    expect.arrayContaining(["--seed", "7", "--model", "other", "--backend", "sglang-oai"])
  )
  expect(() => serving({ "output-file": "x" })).toThrow("set.output-file: is the studio's own")
})

test("a value that looks like a flag stays a value; a name that is none is refused", () => {
  expect(serving({ "logprob-start-len": -1 }).argv).toContain("--logprob-start-len=-1")
  for (const name of ["--seed", "a b", "", "-x", "a;b"]) {
    expect(() => serving({ [name]: 1 })).toThrow("is not the name of a long flag")
  }
})

test("without a model in the settings, the served one is taken", () => {
  const { argv } = serving({}, { config: { url: target.config.url } })
  expect(argv).toEqual(expect.arrayContaining(["--model", "served", "--tokenizer", "served-tokenizer"]))
})

test("one-batch-server measures the running server, several sizes at once", () => {
  const { argv } = benchCommand(
    programs,
    "one-batch-server",
    { "batch-size": "1 4", "input-len": "32,64", "output-len": 16, "skip-warmup": true },
    { ...target, module: "sgl_jax.bench_one_batch_server" }
  )
  expect(argv.join(" ")).toMatchInlineSnapshot(
    `"/opt/jax/bin/python -m sgl_jax.bench_one_batch_server --model None --base-url http://127.0.0.1:30000 --batch-size 1 4 --input-len 32 64 --output-len 16 --skip-warmup --result-filename /run/result.jsonl"`
  )
})

test("a program with an engine of its own takes model and flags from the backend, and leaves the platform to it", () => {
  const launch = {
    args: { dtype: "float32", context_length: 512, "disable-precompile": true, "skip-this": false },
    env: { JAX_PLATFORMS: "tpu" },
    readyTimeoutMs: 1000
  }
  const { argv, env } = benchCommand(
    programs,
    "offline-throughput",
    { "num-prompts": 6, "context-length": 1024 },
    { ...target, module: "sgl_jax.bench_offline_throughput", config: { ...target.config, launch } }
  )
  expect(argv.join(" ")).toMatchInlineSnapshot(
    `"/opt/jax/bin/python -m sgl_jax.bench_offline_throughput --model-path /models/m --dtype float32 --context-length 1024 --disable-precompile --num-prompts 6 --result-filename /run/result.jsonl"`
  )
  expect(env).toEqual({ JAX_PLATFORMS: "tpu", PYTHONPATH: "/src/python", PYTHONUNBUFFERED: "1" })
})

test("one-batch is built like the other program with an engine of its own", () => {
  const { argv, env } = benchCommand(
    programs,
    "one-batch",
    { "batch-size": "1,2", "input-len": 128, "output-len": 8 },
    { ...target, module: "sgl_jax.bench_one_batch" }
  )
  expect(argv.join(" ")).toMatchInlineSnapshot(
    `"/opt/jax/bin/python -m sgl_jax.bench_one_batch --model-path /models/m --batch-size 1 2 --input-len 128 --output-len 8 --result-filename /run/result.jsonl"`
  )
  expect(env).toEqual({ PYTHONPATH: "/src/python", PYTHONUNBUFFERED: "1" })
})
