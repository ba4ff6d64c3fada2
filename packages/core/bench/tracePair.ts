// How long two stored traces of a million tokens, five alternatives each, take to compare, from the database to the
// stored verdict, and how much memory. `npm run -s bench:trace-pair -- [--tokens 1000000] [--rounds 9]` prints one
// JSON line. `decide_ms` is the part without the database, `compare_cpu_ms` what counts on a busy machine; `columns_bytes` is what both traces are as typed columns.
import * as Effect from "effect/Effect"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { parseArgs } from "node:util"
import type { TraceChunk } from "../src/domain/trace.ts"
import { compareRuns, loadArm } from "../src/engine/compareRuns.ts"
import { recordRun } from "../src/engine/recordRun.ts"
import { compareArms } from "../src/gate/compareArms.ts"
import { makeXoshiro } from "../src/math/Xoshiro.ts"
import type { RunStore } from "../src/store/RunStore.ts"
import { openRunStore } from "../src/store/sqlite/RunStoreSqlite.ts"

const { values: options } = parseArgs({
  options: { tokens: { type: "string", default: "1000000" }, rounds: { type: "string", default: "9" } }
})
const tokens = Number(options.tokens)
const rounds = Number(options.rounds)
const k = 5
const chunkLength = 10_000
const vocabulary = 32_000

const main = (folder: string) =>
  Effect.gen(function* () {
    const store = yield* openRunStore(folder)
    const arms = [
      { label: "a", runIds: [yield* storeRun(store, "a", 1)] },
      { label: "b", runIds: [yield* storeRun(store, "b", 2)] }
    ]
    const shelf = { store, adapters: [] }
    const whole: number[] = []
    const cpu: number[] = []
    const decide: number[] = []
    let verdict = ""
    for (let round = 0; round < rounds; round++) {
      const started = performance.now()
      const before = process.cpuUsage()
      const comparison = yield* compareRuns(shelf, arms)
      whole.push(performance.now() - started)
      const { user, system } = process.cpuUsage(before)
      cpu.push((user + system) / 1000)
      verdict = `${comparison.verdict.outcome}, ${comparison.parity?.positions} positions`
    }
    const loaded = yield* Effect.forEach(arms, (arm) => Effect.map(loadArm(shelf, arm), (one) => one.arm))
    for (let round = 0; round < rounds; round++) {
      const started = performance.now()
      compareArms(loaded)
      decide.push(performance.now() - started)
    }
    return {
      bench: "trace-pair",
      tokens,
      rounds,
      verdict,
      compare_ms: spread(whole),
      compare_cpu_ms: spread(cpu),
      decide_ms: spread(decide),
      columns_bytes: 2 * tokens * (4 + 8 + 4 + k * (4 + 8)),
      peak_rss_bytes: process.resourceUsage().maxRSS * 1024
    }
  })

const storeRun = (store: RunStore["Service"], backend: string, seed: number) =>
  Effect.map(
    recordRun(store, {
      backend,
      adapter: "mock",
      provenance: "mock",
      tags: [],
      request: {
        generate: { prompt: "long", inputIds: null, maxNewTokens: 0, temperature: 0, seed: null, topLogprobs: k }
      },
      fingerprint: null,
      score: null,
      output: null,
      metrics: {},
      rawMetrics: null,
      findings: [],
      samples: [],
      traces: chunks(seed),
      imported: { from: "bench", at: new Date().toISOString(), sha256: String(seed).padStart(64, "0") },
      error: null,
      files: []
    }),
    ({ id }) => id
  )

const uniform = (seed: number) => {
  const { u32 } = makeXoshiro(seed)
  return () => u32() / 2 ** 32
}

/** The same tokens and alternatives for every seed; each seed adds its own float32-sized noise. */
const chunks = (seed: number): readonly TraceChunk[] => {
  const noise = uniform(seed)
  const text = uniform(77)
  return Array.from({ length: Math.ceil(tokens / chunkLength) }, (_, index) => {
    const from = index * chunkLength
    const length = Math.min(chunkLength, tokens - from)
    const ids: number[] = []
    const logprobs: (number | null)[] = []
    const top = { k, ids: [] as number[][], logprobs: [] as number[][] }
    for (let row = 0; row < length; row++) {
      const first = Math.floor(text() * vocabulary)
      const rowIds = Array.from({ length: k }, (_, slot) => (first + slot * 977) % vocabulary)
      const best = -0.2 - 2 * text()
      const rowLogprobs = rowIds.map((_, slot) => Math.fround(best - slot * 0.7 + 1e-6 * (noise() - 0.5)))
      const at = Math.floor(text() * k)
      ids.push(rowIds[at]!)
      logprobs.push(from + row === 0 ? null : rowLogprobs[at]!)
      top.ids.push(rowIds)
      top.logprobs.push(rowLogprobs)
    }
    return {
      case: "prompt",
      promptLength: tokens,
      semantics: "raw",
      from,
      ids,
      tokens: ids.map((id) => ` t${id}`),
      logprobs,
      ranks: null,
      top
    }
  })
}

const spread = (times: readonly number[]) => {
  const sorted = times.map(Math.round).toSorted((a, b) => a - b)
  return { min: sorted[0], median: sorted[Math.floor(sorted.length / 2)], max: sorted.at(-1) }
}

const folder = mkdtempSync(join(tmpdir(), "studio-trace-pair-"))
try {
  console.log(JSON.stringify(await Effect.runPromise(Effect.scoped(main(folder)))))
} finally {
  rmSync(folder, { recursive: true, force: true })
}
