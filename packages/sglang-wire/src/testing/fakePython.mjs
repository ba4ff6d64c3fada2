#!/usr/bin/env node
import { appendFileSync, existsSync, readFileSync } from "node:fs"
import { spawn } from "node:child_process"
import { createServer } from "node:http"
import { join } from "node:path"

const words = process.argv.slice(2)
const flag = (name) => (words.includes(`--${name}`) ? words[words.indexOf(`--${name}`) + 1] : undefined)
const module = words[words.indexOf("-m") + 1] ?? ""
const resultFile = () => flag("output-file") ?? flag("result-filename")
const stay = () => setInterval(() => {}, 1000)

const end = (text, code) => {
  process.stderr.write(text)
  process.exitCode = code
}

const replay = (folder) => {
  process.stdout.write(readFileSync(join(folder, "stdout.txt"), "utf8"))
  const result = join(folder, "result.jsonl")
  if (existsSync(result)) appendFileSync(resultFile(), readFileSync(result))
  end(readFileSync(join(folder, "stderr.txt"), "utf8"), Number(readFileSync(join(folder, "exit_code.txt"), "utf8")))
}

const benchmarks = {
  hang: () => {
    process.stdout.write("#Input tokens: 32\n")
    stay()
  },
  "no-module": () => end("No module named sgl_jax.bench_serving\n", 1),
  "bad-flag": () => end("usage: bench_serving.py\nbench_serving.py: error: unrecognized arguments: --nonsense\n", 2),
  // Constructed from the engine's source: what SGLang-JAX says where it has a cluster.
  "no-dp-size": () => {
    process.stdout.write("Capturing\n")
    end("TypeError: ModelRunner.__init__() missing 1 required positional argument: 'dp_size'\n", 1)
  },
  "long-lines": () => {
    process.stdout.write(`${"x".repeat(50_000_000)}\n`)
    const [line] = readFileSync(join(flag("header"), "result.jsonl"), "utf8").split("\n")
    appendFileSync(resultFile(), line.replace('"tag": null', `"tag": "${"y".repeat(50_000_000)}"`))
  },
  "no-result": () => process.stdout.write("#Input tokens: 32\n"),
  truncated: () => {
    process.stdout.write("#Input tokens: 32\n")
    appendFileSync(resultFile(), '{"tag": null, "backend": "sgl-jax", "dataset_name": "random-ids", "requ')
  }
}

const ready = () => process.stderr.write("[2026-11-24 07:00:54] The server is fired up and ready to roll!\n")
const serve = (then) =>
  createServer(({ url }, response) => {
    response.end("{}")
    if (url !== "/die") return
    end("[2026-11-24 07:00:58] RuntimeError: it is gone\n", 137)
    response.on("close", () => process.exit())
  }).listen(Number(flag("port")), flag("host"), () => {
    process.stderr.write("INFO:     Uvicorn running\n")
    then()
  })

const servers = {
  // The scheduler of the real ones is a process of its own too.
  serves: () => {
    const { pid } = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" })
    process.stderr.write(`pids ${process.pid} ${pid}\n`)
    serve(ready)
  },
  // What both engines do when another server has their port: it answers their warm-up.
  "another-answers": () => {
    ready()
    stay()
  }
}

const log = flag("served-model-name")
if (words[0] === "-c") process.exitCode = 0
else if (!module.endsWith("launch_server")) (benchmarks[flag("tag")] ?? (() => replay(flag("tag"))))()
else if (log !== undefined && existsSync(log)) end(readFileSync(log, "utf8"), Number(flag("tp-size") ?? 1))
else servers[log ?? "serves"]()
