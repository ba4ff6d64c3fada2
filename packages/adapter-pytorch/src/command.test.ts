import { benchCommand, type BenchTarget } from "@sglang-studio/sglang-wire"
import { expect, test } from "vitest"
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
