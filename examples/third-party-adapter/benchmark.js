// @ts-check
import { invalid } from "./invalid.js"
import { idOf, likeliest } from "./model.js"

/** @import { BenchmarkFlags, BenchmarkRequest, Context, RunEvent, Sample } from "@sglang-studio/core/adapter" */

const known = { "num-prompts": 16, "random-input-len": 32, "random-output-len": 8 }

/**
 * The flags with their defaults; what Echo does not know is refused by name.
 *
 * @param {BenchmarkFlags} set
 */
export const flagsOf = (set) => {
  for (const [flag, value] of Object.entries(set)) {
    if (!Object.hasOwn(known, flag))
      throw invalid(`echo-bench has no flag "${flag}".`, `It has ${Object.keys(known).join(", ")}.`)
    if (typeof value !== "number" || !Number.isInteger(value) || value < 1)
      throw invalid(`"${flag}" is ${JSON.stringify(value)}.`, "Give a whole number from 1.")
  }
  return /** @type {typeof known} */ ({ ...known, ...set })
}

/**
 * @param {BenchmarkRequest} request
 * @param {number} memory
 * @param {Context} context
 * @returns {AsyncGenerator<RunEvent>}
 */
export async function* benchmark(request, memory, { signal }) {
  if (request.entrypoint !== "echo-bench")
    throw invalid(`Echo has no benchmark "${request.entrypoint}".`, "Take echo-bench.")
  const flags = flagsOf(request.set)
  yield { type: "started" }

  const begin = performance.now()
  /** @type {Sample[]} */
  const samples = []
  for (let sent = 0; sent < flags["num-prompts"]; sent++) {
    signal.throwIfAborted()
    const sample = measure(flags, memory, begin)
    samples.push(sample)
    yield { type: "sample", sample }
    yield { type: "progress", done: sent + 1, total: flags["num-prompts"], unit: "requests" }
  }
  yield {
    type: "finding",
    finding: {
      code: "client-bound",
      severity: "info",
      message: "Echo runs in the client: there is no server whose pace could be measured.",
      evidence: { requests: samples.length }
    }
  }
  const seconds = (performance.now() - begin) / 1000
  const mean = samples.reduce((sum, { e2eMs }) => sum + (e2eMs ?? 0), 0) / samples.length
  yield {
    type: "result",
    result: {
      kind: "benchmark",
      metrics: {
        sent: { value: samples.length, unit: "requests", definition: "echo.bench/sent" },
        completed: { value: samples.length, unit: "requests", definition: "echo.bench/completed" },
        failed: { value: 0, unit: "requests", definition: "echo.bench/failed" },
        duration_s: { value: seconds, unit: "s", definition: "echo.bench/duration" },
        "e2e_latency_ms.mean": { value: mean, unit: "ms", definition: "echo.bench/mean_e2e" }
      },
      raw: { seconds, mean_e2e_ms: mean }
    }
  }
}

/**
 * One request: words that are never said twice, then as many more as were asked for.
 *
 * @param {ReturnType<typeof flagsOf>} flags
 * @param {number} memory
 * @param {number} begin
 * @returns {Sample}
 */
const measure = (flags, memory, begin) => {
  const words = Array.from({ length: flags["random-input-len"] }, (_, at) => ` ${idOf(String(at))}`)
  const sent = performance.now()
  const times = Array.from({ length: flags["random-output-len"] }, () => {
    const [[word]] = likeliest(words, memory)
    words.push(word)
    return performance.now()
  })
  const [first = sent, ...later] = times
  return {
    startMs: sent - begin,
    ttftMs: first - sent,
    itlMs: later.map((time, at) => time - (times[at] ?? time)),
    e2eMs: (later.at(-1) ?? first) - sent,
    inputTokens: flags["random-input-len"],
    outputTokens: flags["random-output-len"],
    error: null
  }
}
