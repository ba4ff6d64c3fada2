import type { JsonObject } from "../domain/json.ts"

/** A score case as a file writes it: texts, or names of files beside the suite. */
export interface ScoreCaseFile {
  readonly query?: string | readonly number[]
  readonly query_file?: string
  readonly items?: readonly (string | readonly number[])[]
  readonly items_file?: string
  readonly labels?: readonly string[]
  readonly label_token_ids?: readonly number[]
  readonly apply_softmax?: boolean
  readonly item_first?: boolean
  readonly one_by_one?: boolean
  readonly mask?: MaskFile
}

export interface MaskFile {
  readonly preset: "none" | "causal" | "bidirectional-prefix" | "doc-isolation" | "custom"
  readonly matrix?: readonly (readonly number[])[] | null
}

export interface GenerateCaseFile {
  readonly prompt?: string
  readonly input_ids?: readonly number[]
  readonly prompts_file?: string
  readonly max_new_tokens?: number
  readonly temperature?: number
  readonly seed?: number
  readonly top_logprobs?: number
}

/** Exactly one of `benchmark`, `score` and `generate`. */
export interface CaseFile {
  readonly name: string
  readonly benchmark?: string
  readonly set?: { readonly [flag: string]: string | number | boolean }
  readonly score?: ScoreCaseFile
  readonly generate?: GenerateCaseFile
  readonly timeout?: string | number
  readonly tags?: readonly string[]
}

/** Either `metric` with `max_regression` or `max`, or `parity`. */
export interface GateFile {
  readonly name: string
  readonly metric?: string
  readonly max_regression?: string | number
  readonly max?: string | number
  readonly parity?: "token" | "score"
  readonly tolerance?: number
  readonly max_abs_delta?: number
  readonly max_rank_flips?: number
}

type Axes = { readonly [axis: string]: readonly (string | number | boolean)[] }
type Values = { readonly [axis: string]: string | number | boolean }

/** A suite as its file writes it; docs/suites.md describes every field. */
export interface SuiteFile {
  /** Of the JSON Schema that editors read; the studio does not. */
  readonly $schema?: string
  readonly suite: string
  readonly version?: number
  readonly backends?: readonly string[]
  readonly cases: readonly CaseFile[]
  readonly launch?: JsonObject
  readonly matrix?: {
    readonly axes?: Axes
    readonly linked?: readonly Axes[]
    readonly exclude?: readonly Values[]
    readonly include?: readonly Values[]
  }
  readonly repeats?: number
  readonly warmup?: number
  readonly order?: {
    readonly kind?: "interleaved" | "sequential"
    readonly seed?: number
    readonly restart?: "never" | "block" | "point"
  }
  readonly budget?: { readonly runs?: number; readonly wall?: string | number }
  readonly gates?: readonly GateFile[]
  readonly tags?: readonly string[]
}
