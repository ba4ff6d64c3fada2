import type { Adapter } from "../adapter/Adapter.ts"
import type { Arm, Comparison } from "../domain/comparison.ts"
import type { RunLogEntry } from "../domain/event.ts"
import type { BackendInfo } from "../domain/probe.ts"
import type { Resend } from "../domain/resend.ts"
import type { Run, RunSummary } from "../domain/run.ts"
import type { Sample } from "../domain/sample.ts"
import type { TraceSlice } from "../domain/trace.ts"
import type { BenchmarkFlags, GenerateInput, RunRequest, ScoreInput } from "../domain/workload.ts"

export type AdapterMode = "auto" | "bench" | "mock"

/** A backend as configured: which adapter, and the adapter's own settings. */
export interface BackendConfig {
  readonly adapter: string
  readonly adapterMode?: AdapterMode
  readonly [setting: string]: unknown
}

export interface StudioOptions {
  /** Data folder, or `":memory:"` for a private one that is removed on close. */
  readonly data: string
  readonly adapters: readonly Adapter[]
  readonly backends?: { readonly [name: string]: BackendConfig }
  /** Name of the adapter that answers benchmarks in modes `mock` and `auto` (fallback). None: no fallback. */
  readonly fallback?: string
  /** Environment for mode variables and child processes; default `process.env`. */
  readonly env?: { readonly [name: string]: string | undefined }
  /** Runs at once on one backend; default 1, so that measurements do not disturb each other. */
  readonly concurrencyPerBackend?: number
}

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

export interface RunFilter {
  readonly limit?: number
  readonly cursor?: string
  readonly backend?: string
  readonly kind?: string
  readonly status?: string
  readonly tag?: string
  readonly suite?: string
  readonly provenance?: string
  readonly since?: string
  /** Substring of id, title, note, backend or tag. */
  readonly q?: string
  readonly archived?: boolean
}

export interface Page<T> {
  readonly items: readonly T[]
  readonly nextCursor: string | null
}

export interface ComparisonSummary {
  readonly id: string
  readonly createdAt: string
  readonly arms: readonly Arm[]
  readonly outcome: Comparison["verdict"]["outcome"]
  readonly sentence: string
}

export interface ImportReport {
  readonly runs: readonly Run[]
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

/**
 * The studio as a library: what the CLI and the server stand on.
 *
 * Every method rejects with `StudioError`, whose `code` is stable and whose `hint` names the next step.
 */
export interface Studio extends AsyncDisposable {
  readonly dataDir: string
  /** Run on every backend, wait until all have finished, return the runs in backend order. A failed run is a result. */
  score(options: ScoreOptions): Promise<readonly Run[]>
  generate(options: GenerateOptions): Promise<readonly Run[]>
  benchmark(options: BenchmarkOptions): Promise<readonly Run[]>
  /** Compares stored runs and stores the comparison; the first arm is the baseline. */
  compare(request: { readonly arms: readonly Arm[] }): Promise<Comparison>
  readonly comparisons: {
    get(idOrPrefix: string): Promise<Comparison>
    list(): Promise<readonly ComparisonSummary[]>
  }
  readonly runs: {
    /** Stores the run as queued and returns at once. */
    submit(request: SubmitRun): Promise<Run>
    get(idOrPrefix: string): Promise<Run>
    list(filter?: RunFilter): Promise<Page<RunSummary>>
    /** Resolves when the run is finished, whoever executes it. */
    wait(id: string, options?: { readonly signal?: AbortSignal }): Promise<Run>
    /** Idempotent; a finished run stays as it is. */
    cancel(idOrPrefix: string): Promise<Run>
    repeat(idOrPrefix: string): Promise<Run>
    annotate(
      idOrPrefix: string,
      change: {
        readonly tags?: readonly string[]
        readonly note?: string
        readonly pinned?: boolean
        readonly archived?: boolean
      }
    ): Promise<Run>
    /** The run's log after `after`, then live until it finishes. */
    events(id: string, options?: { readonly after?: number; readonly signal?: AbortSignal }): AsyncIterable<RunLogEntry>
    samples(id: string): Promise<readonly Sample[]>
    trace(
      id: string,
      query: { readonly case: string; readonly from?: number; readonly to?: number }
    ): Promise<TraceSlice>
    /** Absolute path of a stored artifact. */
    artifactPath(id: string, name: string): Promise<string>
  }
  readonly backends: {
    list(): Promise<readonly BackendInfo[]>
    add(name: string, config: BackendConfig): Promise<BackendInfo>
    /** Turns `NAME`, `NAME=URL`, `NAME=ADAPTER:URL` or `NAME=mock:SCENARIO[,key=value]` into a listed backend. */
    resolve(spec: string): Promise<BackendInfo>
    /** Asks the backend now and stores the answer; an unreachable one is an answer. */
    probe(name: string): Promise<BackendInfo>
    /** Token ids of each text, without special tokens; null where the backend cannot tell. */
    tokenize(name: string, texts: readonly string[]): Promise<readonly (readonly number[])[] | null>
  }
  readonly adapters: readonly Adapter[]
  /** Entries of every run and every process on this data folder after `after` (default: from now), then live. */
  events(options?: { readonly after?: number; readonly signal?: AbortSignal }): AsyncIterable<RunLogEntry>
  /** Reads foreign result files or folders; the same content is imported once. */
  import(paths: readonly string[]): Promise<ImportReport>
  /** Counts for the shell: runs in flight, runs stored, bytes on disk. */
  status(): Promise<{ readonly inFlight: number; readonly runs: number; readonly sizeBytes: number }>
  close(): Promise<void>
}
