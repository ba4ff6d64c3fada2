import type { ArtifactKind } from "../domain/artifact.ts"
import type { Json, JsonObject } from "../domain/json.ts"
import type { Metrics } from "../domain/metric.ts"
import type { Operation } from "../domain/operation.ts"
import type { Probe } from "../domain/probe.ts"
import type { SendKind } from "../domain/resend.ts"
import type { Output, Provenance, ScoreResult } from "../domain/run.ts"
import type { Sample } from "../domain/sample.ts"
import type { TraceChunk } from "../domain/trace.ts"
import type { Finding } from "../domain/validity.ts"
import type {
  BenchmarkInput,
  GenerateInput,
  MaskChoice,
  RunRequest,
  ScoreInput,
  TokenInput
} from "../domain/workload.ts"
import type { StandardSchemaV1 } from "./standardSchema.ts"

/** The most that an adapter can ever do; a probe says what works now. */
export interface Capabilities {
  readonly operations: readonly Operation[]
  /** Benchmark entrypoints by the names of `studio bench`. */
  readonly entrypoints: readonly string[]
  /** Those of the entrypoints that bring an engine of their own: they need no server, and none beside them. */
  readonly standalone?: readonly string[]
  readonly masks: readonly MaskChoice["preset"][]
  /** Ways to send a request again that the adapter can do; absent: `repeat` alone. The studio does `permuted` itself. */
  readonly sends?: readonly SendKind[]
}

/**
 * A plugin that talks to one kind of backend: a plain record, made with `defineAdapter`.
 *
 * Retry, timeout, persistence, statistics and mode (`auto | bench | mock`) belong to the studio.
 */
export interface Adapter<C = any> {
  readonly api: 1
  /** Kebab-case; also names the mode variable: `sglang-jax` reads `STUDIO_SGLANG_JAX_ADAPTER_MODE`. */
  readonly name: string
  readonly version: string
  readonly supports: Capabilities
  /** Every result of this adapter is synthetic and is badged so. */
  readonly mock?: boolean
  readonly config: StandardSchemaV1<unknown, C>
  /** Validates only: no network, no child process. */
  open(config: C): Promise<Backend>
  /**
   * The config value that the text after `ADAPTER:` of a backend spec stands for; without it the text is `{ url: text }`.
   * Throws `AdapterError` `invalid-request` that shows what the text may be.
   */
  parseSpec?(text: string): unknown
  /**
   * Refuses what no backend of this adapter can be asked: throws `AdapterError` `invalid-request` that names the field.
   * A campaign asks it of each of its runs before the first is made; a run's own operation refuses on its own. Pure.
   */
  check?(request: RunRequest): void
  /** How to put the same request to the same backend without the studio. Pure. */
  reproduce?(request: RunRequest, config: C): { readonly curl: string | null; readonly python: string | null }
  /** Recognises foreign result files; the first adapter that returns a run takes them. Pure. */
  readonly importers?: readonly Importer[]
}

/** One opened instance. A member exists exactly when the adapter's `supports.operations` names it. */
export interface Backend {
  probe(context: Context): Promise<Probe>
  /** No special tokens are added. */
  tokenize?(texts: readonly string[], context: Context): Promise<readonly (readonly number[])[]>
  score?(request: ScoreRequest, context: Context): AsyncIterable<RunEvent>
  generate?(request: GenerateRequest, context: Context): AsyncIterable<RunEvent>
  benchmark?(request: BenchmarkRequest, context: Context): AsyncIterable<RunEvent>
  profile?(request: ProfileRequest, context: Context): AsyncIterable<RunEvent>
  metrics?(context: Context): Promise<MetricSnapshot>
  launch?(recipe: LaunchRecipe, context: Context): AsyncIterable<LaunchEvent>
  /** Idempotent. */
  close(): Promise<void>
}

export type ScoreRequest = ScoreInput
export type GenerateRequest = GenerateInput
export interface BenchmarkRequest extends BenchmarkInput {
  /** Identifies this measurement within its campaign; a mock draws from its seed and this key. */
  readonly key: string
}
export interface ProfileRequest {
  readonly steps: number
  readonly byStage: boolean
}
export interface MetricSnapshot {
  readonly at: string
  readonly values: { readonly [name: string]: number }
}
export interface LaunchRecipe {
  readonly args: JsonObject
  readonly env: { readonly [name: string]: string }
  readonly readyTimeoutMs: number
}
export type LaunchEvent =
  | { readonly type: "log"; readonly line: string }
  | { readonly type: "ready"; readonly url: string }

/** What the studio lends an adapter for one operation. */
export interface Context {
  /** Null for a probe. */
  readonly runId: string | null
  /** Abort = cancel: settle within 5 s and leave no process. */
  readonly signal: AbortSignal
  /** How to send the request, when the run checks an earlier one; an adapter sees only the kinds that it supports. */
  readonly send?: Send
  /** A private empty folder for this operation, removed afterwards. */
  readonly workDir: string
  log(line: string): void
  artifact(name: string, kind: ArtifactKind, mediaType: string): Promise<WritableStream<Uint8Array>>
  /** Starts a process group; stdout and stderr are kept as artifacts; the whole tree dies with the operation. */
  spawn(argv: readonly [string, ...string[]], options: { env: Record<string, string>; cwd?: string }): Child
}

export interface Send {
  readonly kind: SendKind
  /** For `batched`: the prompts that share the request. */
  readonly companions: readonly TokenInput[]
}

export interface Child {
  readonly pid: number | undefined
  /** Lines of stdout and stderr as they come. */
  readonly lines: AsyncIterable<{ readonly source: "stdout" | "stderr"; readonly line: string }>
  /** Resolves when the process has ended, however it ended; rejects with `AdapterError` `not-installed` if it never began. */
  readonly exit: Promise<ChildExit>
  kill(): Promise<void>
}

export interface ChildExit {
  readonly code: number | null
  readonly signal: string | null
  /** The last 8 MiB of each; the artifacts have everything. */
  readonly stdout: string
  readonly stderr: string
}

export interface GenerateResult {
  readonly kind: "generate"
  readonly output: Output
  readonly metrics: Metrics
  readonly raw: Json
}

export interface ScoreRunResult extends ScoreResult {
  readonly kind: "score"
  readonly metrics: Metrics
  readonly raw: Json
}

export interface BenchmarkResult {
  readonly kind: "benchmark"
  readonly metrics: Metrics
  /** The engine's own record, non-finite numbers as strings. */
  readonly raw: Json
}

export interface ProfileResult {
  readonly kind: "profile"
  readonly files: readonly string[]
}

export type RunResult = ScoreRunResult | GenerateResult | BenchmarkResult | ProfileResult

/**
 * What a backend tells while it works. `started` comes once, before anything is measured; `result` exactly once, last.
 * Every event survives JSON.
 */
export type RunEvent =
  | { readonly type: "started" }
  | { readonly type: "progress"; readonly done: number; readonly total: number | null; readonly unit: string }
  | { readonly type: "sample"; readonly sample: Sample }
  | {
      readonly type: "token"
      readonly index: number
      readonly id: number
      readonly text: string | null
      readonly logprob: number | null
    }
  | { readonly type: "trace"; readonly chunk: TraceChunk }
  | { readonly type: "finding"; readonly finding: Finding }
  | { readonly type: "result"; readonly result: RunResult }

/** The files of one foreign result: a folder's, or a single file. */
export interface ImportSource {
  /** Name of the folder or file as the user gave it. */
  readonly name: string
  readonly files: readonly { readonly name: string; readonly text: string }[]
}

/** A run read from foreign files; the studio gives it an id and stores it as imported. */
export interface ImportedRun {
  readonly engine: string | null
  readonly request: BenchmarkInput
  readonly result: BenchmarkResult
  readonly findings: readonly Finding[]
  readonly samples: readonly Sample[]
  readonly fingerprint: Probe["fingerprint"]
  /** Only where the file itself says where its numbers come from; else `unknown`. */
  readonly provenance?: Provenance
  /** Set when the benchmark itself failed. */
  readonly error: { readonly code: string; readonly message: string; readonly hint: string | null } | null
  /** The line of a file of lines, or the place in a list of results, from 1; null: it is the whole source. */
  readonly line: number | null
  /** Exact source bytes that identify this run, for duplicate detection. */
  readonly identity: string
}

export interface Importer {
  readonly name: string
  /** Null: not mine. Throws `AdapterError` (`protocol`) that shows the line when it is mine but broken. */
  read(
    source: ImportSource
  ): readonly (ImportedRun | { readonly line: number | null; readonly skipped: string })[] | null
}
