import { expect, test } from "vitest"
import { command } from "./command.ts"

test("the program has its old name, which every version knows", () => {
  const { argv, env } = command(
    { "dataset-name": "random-ids", "num-prompts": 20 },
    {
      config: { url: "http://127.0.0.1:30001", model: "/models/m", tokenizer: "/models/t" },
      python: "/opt/pt/bin/python",
      served: null,
      outputFile: "/run/result.jsonl"
    }
  )
  expect(argv.join(" ")).toMatchInlineSnapshot(
    `"/opt/pt/bin/python -m sglang.bench_serving --backend sglang --base-url http://127.0.0.1:30001 --model /models/m --tokenizer /models/t --seed 1 --output-details --disable-tqdm --dataset-name random-ids --num-prompts 20 --output-file /run/result.jsonl"`
  )
  expect(env).toEqual({ PYTHONUNBUFFERED: "1" })
})
