import { defineAdapter } from "../src/adapter/defineAdapter.ts"
import type {
  Adapter,
  Backend,
  BenchmarkResult,
  GenerateResult,
  RunEvent,
  ScoreRunResult
} from "../src/adapter/Adapter.ts"
import type { Probe } from "../src/domain/probe.ts"
import type { GenerateInput, RunRequest } from "../src/domain/workload.ts"
import type { StudioOptions } from "../src/engine/StudioOptions.ts"
import { openStudio } from "../src/engine/openStudio.ts"

type Settings = { readonly [name: string]: unknown }

interface Script extends Partial<Omit<Adapter, "config">> {
  /** What an opened backend does; a member that is left out answers at once. */
  readonly backend?: (settings: Settings) => Partial<Backend>
  readonly allowed?: readonly string[]
}

/** A real adapter that plays what a test writes. Its settings are any of the allowed names. */
export const scripted = (name: string, { backend = () => ({}), allowed, ...rest }: Script = {}): Adapter<Settings> =>
  defineAdapter<Settings>({
    api: 1,
    name,
    version: "1.0.0",
    supports: { operations: ["score", "generate", "benchmark"], entrypoints: ["serving"], masks: ["none"] },
    config: {
      "~standard": {
        version: 1,
        vendor: "test",
        validate: (value) => {
          const settings = value as Settings
          const strange = Object.keys(settings).find((key) => allowed !== undefined && !allowed.includes(key))
          return strange === undefined
            ? { value: settings }
            : { issues: [{ message: "is no setting", path: [strange] }] }
        }
      }
    },
    open: async (settings) => ({
      probe: async () => probeOf(name),
      score: () => play(started, scoreResult),
      generate: () => play(started, generateResult),
      benchmark: () => play(started, benchmarkResult),
      close: async () => {},
      ...backend(settings)
    }),
    ...rest
  })

export async function* play(...events: readonly RunEvent[]): AsyncGenerator<RunEvent> {
  yield* events
}

export const probeOf = (engine: string, changes: Partial<Probe> = {}): Probe => ({
  reachable: true,
  server: engine,
  decidedBy: "it was written so",
  fingerprint: {
    engine,
    engineVersion: "1",
    commit: null,
    model: "m",
    modelRevision: null,
    tokenizerHash: null,
    device: "cpu",
    dtype: "float32",
    flags: {}
  },
  capabilities: [],
  notes: [],
  ...changes
})

export const started: RunEvent = { type: "started" }

export const generated: GenerateResult = {
  kind: "generate",
  output: { text: "hi", tokenIds: [1] },
  metrics: {},
  raw: null
}
export const generateResult: RunEvent = { type: "result", result: generated }

const measured: BenchmarkResult = {
  kind: "benchmark",
  metrics: { duration: { value: 1, unit: "s", definition: "duration" } },
  raw: { duration: 1 }
}
export const benchmarkResult: RunEvent = { type: "result", result: measured }

export const scored: ScoreRunResult = {
  kind: "score",
  items: [{ text: " x", inputIds: [1, 2] }],
  labels: [{ text: " yes", id: 7 }],
  scores: [[0.5]],
  logprobs: null,
  oneByOne: null,
  metrics: {},
  raw: null
}
export const scoreResult: RunEvent = { type: "result", result: scored }

/** Never answers, but stops when it is told to. */
export async function* hang(signal: AbortSignal): AsyncGenerator<RunEvent> {
  yield started
  await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }))
}

export const generateInput: GenerateInput = {
  prompt: "p",
  inputIds: null,
  maxNewTokens: 1,
  temperature: 0,
  seed: null,
  topLogprobs: 0
}
export const generateRequest: RunRequest = { generate: generateInput }
export const benchmarkRequest: RunRequest = { benchmark: { entrypoint: "serving", set: {} } }

/** A private studio whose backend `a` is played by these adapters' first. */
export const open = (adapters: readonly Adapter[], options: Partial<StudioOptions> = {}) =>
  openStudio({
    data: ":memory:",
    adapters,
    backends: { a: { adapter: adapters[0]?.name ?? "" } },
    env: {},
    ...options
  })
