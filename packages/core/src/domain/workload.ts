import type { Json } from "./json.ts"

/** Text, or the token ids that it stands for. */
export type TokenInput = string | readonly number[]

/** Attention-mask choice of a score run. A backend that cannot apply it refuses the run (`mask-unsupported`). */
export interface MaskChoice {
  readonly preset: "none" | "causal" | "bidirectional-prefix" | "doc-isolation" | "custom"
  /** Row-major 0/1 matrix, for `custom` only. */
  readonly matrix: readonly (readonly number[])[] | null
}

/** What a score run asks: the probability of each label token after `query + item` (or `item + query`). */
export interface ScoreInput {
  readonly query: TokenInput
  readonly items: readonly TokenInput[]
  /** Label texts, each exactly one token; null when `labelTokenIds` is given. */
  readonly labels: readonly string[] | null
  readonly labelTokenIds: readonly number[] | null
  /** Normalise over the labels instead of the whole vocabulary. */
  readonly applySoftmax: boolean
  /** Put the item before the query. */
  readonly itemFirst: boolean
  /** Score every item alone as well, so that a score that depends on its batch shows itself. */
  readonly oneByOne: boolean
  readonly mask: MaskChoice | null
}

/** What a generate run asks. Prompt logprobs are always recorded (teacher-forced), output logprobs beside them. */
export interface GenerateInput {
  readonly prompt: string | null
  readonly inputIds: readonly number[] | null
  readonly maxNewTokens: number
  readonly temperature: number
  readonly seed: number | null
  /** How many alternatives to record at each position. */
  readonly topLogprobs: number
}

/** Flags of a benchmark entrypoint by their long names, without dashes. */
export type BenchmarkFlags = { readonly [flag: string]: Extract<Json, string | number | boolean> }

/** What a benchmark run asks of an engine's own entrypoint. */
export interface BenchmarkInput {
  readonly entrypoint: string
  readonly set: BenchmarkFlags
}

/** The immutable request of a run; its only key is the run's kind. */
export type RunRequest =
  | { readonly score: ScoreInput }
  | { readonly generate: GenerateInput }
  | { readonly benchmark: BenchmarkInput }

export const runKinds = ["score", "generate", "benchmark"] as const

export type RunKind = (typeof runKinds)[number]

export const runKind = (request: RunRequest): RunKind =>
  "score" in request ? "score" : "generate" in request ? "generate" : "benchmark"
