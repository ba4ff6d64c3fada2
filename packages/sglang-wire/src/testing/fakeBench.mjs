#!/usr/bin/env node
import { appendFileSync, existsSync, readFileSync } from "node:fs"
import { join } from "node:path"

const flag = (name) => process.argv[process.argv.indexOf(`--${name}`) + 1]
const tag = flag("tag")

const behaviours = {
  hang: () => {
    process.stdout.write("#Input tokens: 32\n")
    setInterval(() => {}, 1000)
  },
  "no-module": () => end("No module named sgl_jax.bench_serving\n", 1),
  "bad-flag": () => end("usage: bench_serving.py\nbench_serving.py: error: unrecognized arguments: --nonsense\n", 2),
  "no-result": () => process.stdout.write("#Input tokens: 32\n"),
  truncated: () => {
    process.stdout.write("#Input tokens: 32\n")
    appendFileSync(flag("output-file"), '{"tag": null, "backend": "sgl-jax", "dataset_name": "random-ids", "requ')
  }
}

const end = (text, code) => {
  process.stderr.write(text)
  process.exitCode = code
}

const replay = (folder) => {
  process.stdout.write(readFileSync(join(folder, "stdout.txt"), "utf8"))
  const result = join(folder, "result.jsonl")
  if (existsSync(result)) appendFileSync(flag("output-file"), readFileSync(result))
  end(readFileSync(join(folder, "stderr.txt"), "utf8"), Number(readFileSync(join(folder, "exit_code.txt"), "utf8")))
}

;(behaviours[tag] ?? (() => replay(tag)))()
