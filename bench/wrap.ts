// What the studio adds to the engine's own bench_serving, both in turn against one live server:
//   STUDIO_LIVE_PYTORCH_URL=… STUDIO_LIVE_PYTORCH_PYTHON=… STUDIO_LIVE_PYTORCH_MODEL=… npm run -s bench:wrap
import { spawnSync } from "node:child_process"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

const bin = join(dirname(dirname(fileURLToPath(import.meta.url))), "packages", "cli", "dist", "bin.js")
const {
  STUDIO_LIVE_PYTORCH_URL: url,
  STUDIO_LIVE_PYTORCH_PYTHON: python,
  STUDIO_LIVE_PYTORCH_MODEL: model
} = process.env
if (url === undefined || python === undefined || model === undefined) {
  console.error("bench:wrap needs STUDIO_LIVE_PYTORCH_URL, STUDIO_LIVE_PYTORCH_PYTHON and STUDIO_LIVE_PYTORCH_MODEL.")
  process.exit(2)
}

const data = mkdtempSync(join(tmpdir(), "studio-bench-wrap-"))
const flags = { "dataset-name": "random-ids", "num-prompts": "5", "random-input-len": "16", "random-output-len": "8" }
writeFileSync(
  join(data, "studio.config.json"),
  JSON.stringify({ backends: { pt: { adapter: "sglang-pytorch", url, python, model, tokenizer: model } } })
)

const direct = () =>
  time(python, [
    ...["-m", "sglang.bench_serving", "--backend", "sglang", "--base-url", url, "--model", model, "--tokenizer", model],
    ...["--output-file", join(data, "direct.jsonl"), "--output-details", "--disable-tqdm"],
    ...Object.entries(flags).flatMap(([key, value]) => [`--${key}`, value])
  ])
const wrapped = () =>
  time(process.execPath, [
    ...[bin, "bench", "serving", "--backend", "pt", "--mode", "bench", "--json", "--data", join(data, "studio")],
    ...[
      "--config",
      join(data, "studio.config.json"),
      ...Object.entries(flags).flatMap(([key, value]) => ["--set", `${key}=${value}`])
    ]
  ])
direct()
const pairs = Array.from({ length: 5 }, () => ({ direct: direct(), wrapped: wrapped() }))
rmSync(data, { recursive: true, force: true })
console.log(
  JSON.stringify({
    bench: "wrap",
    pairs: pairs.length,
    direct_s: median(pairs.map((pair) => pair.direct)),
    wrapped_s: median(pairs.map((pair) => pair.wrapped)),
    overhead_s: median(pairs.map((pair) => pair.wrapped - pair.direct))
  })
)

function time(command: string, args: readonly string[]): number {
  const started = performance.now()
  const { status, stdout, stderr } = spawnSync(command, args, {
    encoding: "utf8",
    env: { ...process.env, HF_HUB_OFFLINE: "1", TRANSFORMERS_OFFLINE: "1" }
  })
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} exited with ${status}\n${stdout}${stderr}`)
  return (performance.now() - started) / 1000
}

function median(values: readonly number[]): number {
  return Number(values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!.toFixed(3))
}
