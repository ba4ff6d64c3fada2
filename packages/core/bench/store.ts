// How fast the store takes runs and lists them. `npm run -s bench:store -- [--runs 10000] [--data DIR] [--at-once 8] [--brief]`
// prints one JSON line. A run here is what the engine writes for a mock benchmark: made, started, probed, running,
// 16 samples, a result, succeeded, in five writes; with `--brief` in two and without samples, to fill a large store
// soon. `--data` keeps the database, and a later call with `--runs 0` only lists.
import * as Effect from "effect/Effect"
import { parseArgs } from "node:util"
import type { RunLogEvent, RunSeed } from "../src/domain/event.ts"
import type { Sample } from "../src/domain/sample.ts"
import { newId } from "../src/store/newId.ts"
import { currentOwner } from "../src/store/owner.ts"
import type { RunQuery } from "../src/store/RunQuery.ts"
import type { RunStore } from "../src/store/RunStore.ts"
import { openRunStore } from "../src/store/sqlite/RunStoreSqlite.ts"

const { values: options } = parseArgs({
  options: {
    runs: { type: "string", default: "10000" },
    data: { type: "string", default: ":memory:" },
    "at-once": { type: "string", default: "8" },
    brief: { type: "boolean", default: false }
  }
})

type Store = RunStore["Service"]

const main = Effect.gen(function* () {
  const store = yield* openRunStore(options.data)
  const runs = Number(options.runs)
  const started = performance.now()
  yield* Effect.forEach(
    Array.from({ length: runs }, (_, index) => index),
    (index) => oneRun(store, index),
    {
      concurrency: Number(options["at-once"]),
      discard: true
    }
  )
  const seconds = (performance.now() - started) / 1000
  const { user, system } = process.cpuUsage()
  const { sizeBytes, runs: stored } = yield* store.status
  const lists: Record<string, unknown> = {}
  for (const [name, query] of Object.entries(queries)) lists[name] = yield* timeList(store, query)
  return {
    runs,
    runs_per_second: runs === 0 ? null : Math.round(runs / seconds),
    cpu_us_per_run: runs === 0 ? null : Math.round((user + system) / runs),
    stored,
    size_bytes: sizeBytes,
    peak_rss_bytes: process.resourceUsage().maxRSS * 1024,
    lists
  }
})

const queries: { readonly [name: string]: RunQuery } = {
  all: { limit: 50 },
  backend: { limit: 50, backend: "pt" },
  backend_none: { limit: 50, backend: "nobody" },
  kind: { limit: 50, kind: "score" },
  kind_and_status: { limit: 50, kind: "benchmark", status: "failed" },
  backend_and_status: { limit: 50, backend: "pt", status: "failed" },
  backend_kind_status_none: { limit: 50, backend: "pt", kind: "benchmark", status: "failed", provenance: "mock" },
  provenance_none: { limit: 50, provenance: "unknown" },
  tag: { limit: 50, tag: "rare" },
  tag_common: { limit: 50, tag: "nightly" },
  tag_and_backend_none: { limit: 50, tag: "rare", backend: "nobody" },
  suite: { limit: 50, suite: "s3" },
  since: { limit: 50, since: "2020-01-01T00:00:00Z" },
  since_future: { limit: 50, since: "2120-01-01T00:00:00Z" },
  archived: { limit: 50, archived: true },
  q_common: { limit: 50, q: "serving" },
  q_rare: { limit: 50, q: "needle" },
  q_none: { limit: 50, q: "no such text" }
}

const oneRun = Effect.fnUntraced(function* (store: Store, index: number) {
  const seed = seedOf(index)
  const { id } = yield* store.create(seed, currentOwner())
  const end = index % 5000 === 17 ? failed : succeeded
  if (options.brief) return yield* store.append(id, [starting, running, result, end])
  yield* store.append(id, [starting, { type: "probed", fingerprint, systemHash: seed.workloadHash }])
  yield* store.append(id, [running])
  yield* store.addSamples(id, samples)
  return yield* store.append(id, [result, end])
})

const timeList = Effect.fnUntraced(function* (store: Store, query: RunQuery) {
  const times: number[] = []
  let bytes = 0
  let items = 0
  for (let round = 0; round < 21; round++) {
    const started = performance.now()
    const page = yield* store.list(query)
    times.push(performance.now() - started)
    bytes = Buffer.byteLength(JSON.stringify(page))
    items = page.items.length
  }
  const sorted = times.toSorted((a, b) => a - b)
  return { items, bytes, first_ms: round3(times[0]), median_ms: round3(sorted[10]), max_ms: round3(sorted[20]) }
})

const round3 = (value = NaN): number => Math.round(value * 1000) / 1000

const seedOf = (index: number): RunSeed => {
  const kind = index % 3 === 0 ? "score" : "benchmark"
  return {
    id: newId(),
    backend: index % 2 === 0 ? "pt" : "jax",
    adapter: "mock",
    resend: null,
    request:
      kind === "score"
        ? {
            score: {
              query: `Is request ${index} about a refund?`,
              items: [" a", " b"],
              labels: [" yes", " no"],
              labelTokenIds: null,
              applySoftmax: true,
              itemFirst: false,
              oneByOne: false,
              mask: null
            }
          }
        : {
            benchmark: {
              entrypoint: index % 100_000 === 7 ? "needle" : "serving",
              set: {
                "dataset-name": "random-ids",
                "num-prompts": 16,
                "random-input-len": 64,
                "max-concurrency": index % 64
              }
            }
          },
    workloadHash: `sha256:${"0123456789abcdef".repeat(4)}`,
    provenance: kind === "score" ? "real" : "mock",
    imported: null,
    tags: ["nightly", `suite:s${index % 7}`, ...(index % 20_000 === 3 ? ["rare"] : [])],
    reproduce: {
      cli: `studio bench serving --backend pt --set num-prompts=16 --set max-concurrency=${index % 64}`,
      curl: null,
      python: null
    }
  }
}

const fingerprint = {
  engine: "mock",
  engineVersion: "1.0.0",
  commit: null,
  model: "mock-small",
  modelRevision: null,
  tokenizerHash: null,
  device: "cpu",
  dtype: "float32",
  flags: { scenario: "clean", seed: 1 }
}

const samples: readonly Sample[] = Array.from({ length: 16 }, (_, index) => ({
  startMs: index * 10,
  ttftMs: 20.5 + index,
  itlMs: null,
  e2eMs: 200.25 + index,
  inputTokens: 64,
  outputTokens: 32,
  error: null
}))

const metrics = Object.fromEntries(
  [
    "e2e_latency_ms.p50",
    "e2e_latency_ms.p95",
    "ttft_ms.p50",
    "ttft_ms.p95",
    "output_throughput",
    "request_throughput",
    "failure_rate",
    "duration_ms"
  ].map((name, index) => [name, { value: 100.5 + index, unit: "ms", definition: `${name}/1` }])
)

const starting: RunLogEvent = { type: "status", status: "starting", error: null }
const running: RunLogEvent = { type: "status", status: "running", error: null }
const succeeded: RunLogEvent = { type: "status", status: "succeeded", error: null }
const failed: RunLogEvent = {
  type: "status",
  status: "failed",
  error: { code: "crashed", message: "It ended with exit code 1", hint: null }
}
const result: RunLogEvent = {
  type: "result",
  score: null,
  output: null,
  metrics,
  rawMetrics: { completed: 16, total_input_tokens: 1024 }
}

console.log(JSON.stringify(await Effect.runPromise(Effect.scoped(main))))
