import type { RunQuery } from "../store/RunQuery.ts"
import type { Resend } from "../domain/resend.ts"
import type { Run } from "../domain/run.ts"
import type { BenchmarkFlags, GenerateInput, RunRequest, ScoreInput } from "../domain/workload.ts"
import type { AdapterMode } from "./StudioOptions.ts"

export interface SubmitRun {
  /** A configured name, or the spec string that `--backend` takes. */
  readonly backend: string
  readonly request: RunRequest
  readonly adapterMode?: AdapterMode
  readonly timeoutMs?: number
  readonly tags?: readonly string[]
  /** Sends an earlier run's request again, in another way; `request` must be that run's. */
  readonly resend?: Resend
}

/** Which runs to list; every field may be left out. */
export type RunFilter = Partial<RunQuery>

export interface Page<T> {
  readonly items: readonly T[]
  readonly nextCursor: string | null
}

export interface ImportReport {
  readonly runs: readonly Run[]
  /** `line` is that of a file of lines, or the place in a list of results; null: the whole file or folder. */
  readonly skipped: readonly { readonly path: string; readonly line: number | null; readonly reason: string }[]
}

/** Where and how a request is run. */
export interface RunOn {
  readonly backends: readonly string[]
  readonly tags?: readonly string[]
  readonly adapterMode?: AdapterMode
  readonly timeoutMs?: number
  readonly signal?: AbortSignal
}

export type ScoreOptions = RunOn & Partial<ScoreInput> & Pick<ScoreInput, "query" | "items">

export type GenerateOptions = RunOn & Partial<GenerateInput>

export type BenchmarkOptions = RunOn & { readonly entrypoint: string; readonly set?: BenchmarkFlags }
