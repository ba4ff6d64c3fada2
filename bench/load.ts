// Requests per second of the studio's load client and of SGLang's own, in turn against one server that answers at once:
//   STUDIO_LIVE_PYTORCH_PYTHON=… STUDIO_LIVE_PYTORCH_MODEL=… npm run -s bench:load [-- --rounds 3 --prompts 3000]
// Without a Python with SGLang only ours is measured.
import { spawn } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { parseArgs } from "node:util"
import { openLoadClient } from "../packages/sglang-wire/src/load/LoadClient.ts"
import { startConstantServer } from "../packages/sglang-wire/src/load/constantServer.ts"
import { randomRequests } from "../packages/sglang-wire/src/load/requests.ts"
import { sendAll } from "../packages/sglang-wire/src/load/sendAll.ts"
import { readLoadSettings } from "../packages/sglang-wire/src/load/settings.ts"

const { values } = parseArgs({
  options: { rounds: { type: "string", default: "3" }, prompts: { type: "string", default: "3000" } }
})
const [rounds, prompts] = [Number(values.rounds), Number(values.prompts)]
const concurrency = 64
const lengths = { "input-len": 32, "output-len": 8 }
const { STUDIO_LIVE_PYTORCH_PYTHON: python, STUDIO_LIVE_PYTORCH_MODEL: model } = process.env

await using server = await startConstantServer(lengths["output-len"])
const all: { readonly ours: number; readonly theirs: number | null }[] = []
for (let round = 0; round < rounds; round++) all.push({ ours: await ours(), theirs: await theirs() })
const best = (values: readonly (number | null)[]) => {
  const known = values.filter((value) => value !== null)
  return known.length === 0 ? null : Math.max(...known)
}
const [fastest, theirBest] = [best(all.map((one) => one.ours)) ?? 0, best(all.map((one) => one.theirs))]
console.log(
  JSON.stringify({
    bench: "load",
    rounds,
    prompts,
    concurrency,
    requests_per_s: Math.round(fastest),
    bench_serving_requests_per_s: theirBest === null ? null : Math.round(theirBest),
    ratio: theirBest === null ? null : Number((fastest / theirBest).toFixed(2))
  })
)

async function ours(): Promise<number> {
  const settings = readLoadSettings({ ...lengths, "num-prompts": prompts, "max-concurrency": concurrency })
  const client = openLoadClient({ url: server.url }, 60_000)
  const requests = randomRequests(settings, { model: "constant", vocabulary: 1000 }, prompts)
  const orders = { client, arrival: settings.arrival, schedule: null, signal: new AbortController().signal }
  await sendAll({ ...orders, requests: requests.slice(0, 500) })
  const { startedAt, sent } = await sendAll({ ...orders, requests })
  client.close()
  const failed = sent.find(({ exchange }) => exchange.error !== null)
  if (failed !== undefined) throw new Error(`a request failed: ${failed.exchange.error}`)
  const last = sent.reduce((latest, { exchange }) => Math.max(latest, exchange.answeredAt), 0)
  return (prompts / (last - startedAt)) * 1000
}

async function theirs(): Promise<number | null> {
  if (python === undefined || model === undefined) return null
  const folder = mkdtempSync(join(tmpdir(), "studio-bench-load-"))
  const file = join(folder, "result.jsonl")
  const flags = {
    backend: "sglang",
    "base-url": server.url,
    "ready-check-timeout-sec": 0,
    model,
    tokenizer: model,
    "dataset-name": "random-ids",
    "random-input-len": lengths["input-len"],
    "random-output-len": lengths["output-len"],
    "random-range-ratio": 1,
    "num-prompts": prompts,
    "max-concurrency": concurrency,
    "output-file": file
  }
  const words = Object.entries(flags).flatMap(([name, value]) => [`--${name}`, String(value)])
  const child = spawn(python, ["-m", "sglang.bench_serving", ...words, "--tokenize-prompt", "--disable-tqdm"], {
    stdio: ["ignore", "ignore", "pipe"],
    env: { ...process.env, HF_HUB_OFFLINE: "1", TRANSFORMERS_OFFLINE: "1" }
  })
  let said = ""
  child.stderr.on("data", (chunk: Buffer) => (said = (said + chunk.toString()).slice(-2000)))
  const code = await new Promise((resolve) => child.on("exit", resolve))
  if (code !== 0) throw new Error(`bench_serving ended with ${code}: ${said}`)
  const { request_throughput: rate } = JSON.parse(
    readFileSync(file, "utf8").replaceAll(/\b(?:Infinity|NaN)\b/gu, "null")
  ) as { readonly request_throughput: number }
  rmSync(folder, { recursive: true, force: true })
  return rate
}
