import type { Adapter, BenchmarkRequest, GenerateRequest, ScoreRequest } from "../adapter/Adapter.ts"

/** What the laws are to be checked on. Only `adapter` is needed; the rest has values that suit most adapters. */
export interface LawOptions {
  readonly adapter: Adapter
  /** Settings of the backend to open, as a config file gives them. Default: none. */
  readonly config?: unknown
  /** Settings that must be refused. Default: a number instead of an object. */
  readonly badConfig?: unknown
  /**
   * Requests that the backend can answer; give what your model needs, such as labels that are one token. What is left out
   * of a benchmark is what the adapter's own `check` takes: a few short prompts, or no flags at all.
   */
  readonly score?: Partial<ScoreRequest>
  readonly generate?: Partial<GenerateRequest>
  readonly benchmark?: Partial<BenchmarkRequest>
  /** How long one operation may take before it counts as stuck. Default: 60 s. */
  readonly patienceMs?: number
}

export type RunOperation = "score" | "generate" | "benchmark"
export const runOperations = ["score", "generate", "benchmark"] as const

export interface Requests {
  readonly score: ScoreRequest
  readonly generate: GenerateRequest
  readonly benchmark: BenchmarkRequest
}

/** Requests that are answered in the ordinary way. */
export const requestsOf = (options: LawOptions): Requests => ({
  score: {
    query: "Is this about a refund?",
    items: [" The money comes back within a week.", " Our shop opens at nine."],
    labels: [" yes", " no"],
    labelTokenIds: null,
    applySoftmax: true,
    itemFirst: false,
    oneByOne: true,
    mask: null,
    ...options.score
  },
  generate: {
    prompt: "The quick brown fox",
    inputIds: null,
    maxNewTokens: 8,
    temperature: 0,
    seed: 1,
    topLogprobs: 5,
    ...options.generate
  },
  benchmark: benchmarkOf(options)
})

/** The first that the adapter does not refuse; without a `check` nobody knows, and the first of all is asked. */
const benchmarkOf = ({ adapter, benchmark: given = {} }: LawOptions): BenchmarkRequest => {
  const [first = "serving", ...others] =
    given.entrypoint === undefined ? adapter.supports.entrypoints : [given.entrypoint]
  const asked = [first, ...others].flatMap((entrypoint) =>
    (given.set === undefined ? shortBenchmarks : [given.set]).map((set) => ({ key: "law", ...given, entrypoint, set }))
  )
  return (
    asked.find((benchmark) => isTaken(adapter, benchmark)) ?? {
      key: "law",
      ...given,
      entrypoint: first,
      set: given.set ?? {}
    }
  )
}

const shortBenchmarks: readonly BenchmarkRequest["set"][] = [
  { "num-prompts": 4, "random-input-len": 16, "random-output-len": 8 },
  { "num-prompts": 4 },
  {}
]

const isTaken = (adapter: Adapter, { entrypoint, set }: BenchmarkRequest): boolean => {
  try {
    adapter.check?.({ benchmark: { entrypoint, set } })
    return true
  } catch {
    return false
  }
}

/** Requests that no backend can answer, each for one plain reason. */
export const impossibleRequests = (requests: Requests): { readonly [K in RunOperation]: Requests[K] } => ({
  score: { ...requests.score, labels: [], labelTokenIds: null },
  generate: { ...requests.generate, prompt: null, inputIds: null },
  benchmark: { ...requests.benchmark, entrypoint: "no-such-entrypoint" }
})

export const impossibleBecause: { readonly [K in RunOperation]: string } = {
  score: "no labels",
  generate: "neither a prompt nor input ids",
  benchmark: "an entrypoint that does not exist"
}
