import { benchCommand, type BenchTarget } from "@sglang-studio/sglang-wire"
import { describe, expect, test } from "vitest"
import { programs } from "./command.ts"

const target: BenchTarget = {
  config: { url: "http://127.0.0.1:30001", model: "/models/m", tokenizer: "/models/t" },
  python: "/opt/pt/bin/python",
  module: "sglang.benchmark.serving",
  served: null,
  outputFile: "/run/result.jsonl"
}

test("serving", () => {
  const { argv, env } = benchCommand(programs, "serving", { "dataset-name": "random-ids", "num-prompts": 20 }, target)
  expect(argv.join(" ")).toMatchInlineSnapshot(
    `"/opt/pt/bin/python -m sglang.benchmark.serving --backend sglang --base-url http://127.0.0.1:30001 --model /models/m --tokenizer /models/t --seed 1 --output-details --disable-tqdm --dataset-name random-ids --num-prompts 20 --output-file /run/result.jsonl"`
  )
  expect(env).toEqual({ PYTHONUNBUFFERED: "1" })
})

test("one-batch-server is given the tokenizer", () => {
  const { argv } = benchCommand(
    programs,
    "one-batch-server",
    { "batch-size": "1 4", "dataset-name": "random-ids" },
    { ...target, module: "sglang.benchmark.one_batch_server" }
  )
  expect(argv.join(" ")).toMatchInlineSnapshot(
    `"/opt/pt/bin/python -m sglang.benchmark.one_batch_server --model None --base-url http://127.0.0.1:30001 --local-tokenizer-path /models/t --batch-size 1 4 --dataset-name random-ids --result-filename /run/result.jsonl"`
  )
})

const engineTarget: BenchTarget = {
  ...target,
  config: {
    ...target.config,
    launch: {
      args: { dtype: "float32", disable_radix_cache: true },
      env: { SGLANG_USE_CPU_ENGINE: "1" },
      readyTimeoutMs: 1000
    }
  }
}

describe.each(programs.modules.serving)("%s", (module) => {
  test.each([
    ["sharegpt", { "dataset-path": "/data/sharegpt.json", "sharegpt-output-len": 64 }],
    ["random-ids", { "random-input-len": 64, "random-range-ratio": 1, "tokenize-prompt": true }],
    ["generated-shared-prefix", { "gsp-num-groups": 4, "gsp-prompts-per-group": 2 }],
    ["custom", { "dataset-path": "/data/mine.jsonl" }]
  ])("with the data set %s: its flags are passed through", (name, set) => {
    const { argv } = benchCommand(programs, "serving", { "dataset-name": name, ...set }, { ...target, module })
    expect(argv.slice(0, 3)).toEqual(["/opt/pt/bin/python", "-m", module])
    const words = Object.entries(set).flatMap(([flag, value]) => [`--${flag}`, ...(value === true ? [] : [`${value}`])])
    expect(argv.slice(-4 - words.length)).toEqual([
      "--dataset-name",
      name,
      ...words,
      "--output-file",
      "/run/result.jsonl"
    ])
  })
})

describe("a program with an engine of its own takes model and flags from the backend", () => {
  test.each([
    [
      "offline-throughput",
      "sglang.benchmark.offline_throughput",
      { "num-prompts": 6, "dataset-name": "random", "dataset-path": "/data/sharegpt.json" },
      "--num-prompts 6 --dataset-name random --dataset-path /data/sharegpt.json"
    ],
    [
      "offline-throughput",
      "sglang.bench_offline_throughput",
      { "dataset-name": "generated-shared-prefix", "gsp-num-groups": 2 },
      "--dataset-name generated-shared-prefix --gsp-num-groups 2"
    ],
    [
      "one-batch",
      "sglang.benchmark.one_batch",
      { "batch-size": "1 4", "output-len": 8 },
      "--batch-size 1 4 --output-len 8"
    ],
    ["one-batch", "sglang.bench_one_batch", { "input-len": "128,256" }, "--input-len 128 256"]
  ] as const)("%s as %s", (entrypoint, module, set, words) => {
    const { argv, env } = benchCommand(programs, entrypoint, set, { ...engineTarget, module })
    expect(argv.join(" ")).toBe(
      `/opt/pt/bin/python -m ${module} --model-path /models/m --tokenizer-path /models/t --dtype float32 ` +
        `--disable-radix-cache ${words} --result-filename /run/result.jsonl`
    )
    expect(env).toEqual({ PYTHONUNBUFFERED: "1", SGLANG_USE_CPU_ENGINE: "1" })
  })
})

test("every program has its new name and the one before 0.5.15", () => {
  for (const [newest, oldest] of Object.values(programs.modules)) {
    expect(newest).toMatch(/^sglang\.benchmark\.\w+$/)
    expect(oldest).toBe(newest.replace("benchmark.", "bench_"))
  }
})
