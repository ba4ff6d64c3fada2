import type { Adapter } from "../adapter/Adapter.ts"
import type { Baseline, Waiver } from "../domain/baseline.ts"
import type { Campaign } from "../domain/campaign.ts"
import type { Arm, Comparison } from "../domain/comparison.ts"
import type { RunLogEntry } from "../domain/event.ts"
import type { ConsistencyReport, ParityLevel, parityStages, ReferenceReport } from "../domain/parity.ts"
import type { CaseSpec, ParityCase } from "../domain/parityCase.ts"
import type { BackendInfo } from "../domain/probe.ts"
import type { JsonObject } from "../domain/json.ts"
import type { Plan, Point } from "../domain/plan.ts"
import type { Resend } from "../domain/resend.ts"
import type { Run, RunSummary } from "../domain/run.ts"
import type { Sample } from "../domain/sample.ts"
import type { SuiteFile } from "../suiteFile/SuiteFile.ts"
import type { TraceSlice } from "../domain/trace.ts"
import type { Verdict } from "../domain/verdict.ts"
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

/** What a parity check is about, and how thorough it is. */
export interface ParityOptions {
  /** Names or specs; the first is the baseline. One alone only with `self`. */
  readonly backends: readonly string[]
  /** Default: the stored ones; where there are none, a few that every model can take. */
  readonly cases?: readonly CaseSpec[]
  /** Ask every backend in all ways that it can be asked, and report what it says of itself. */
  readonly self?: boolean
  /** How often each side is measured against itself, in other company, order and cache state; default 2. */
  readonly noiseFloor?: number
  /** A backend that is trusted, such as one in float32: tells which side is off. */
  readonly reference?: string
  /** Greedy tokens after each prompt; default 16. */
  readonly maxNewTokens?: number
  /** Refuse what a gate must not judge (`mock-refused`) before anything is run. */
  readonly gate?: boolean
  readonly allowMock?: boolean
  readonly tags?: readonly string[]
  /** Per run; default 5 minutes. */
  readonly timeoutMs?: number
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: ParityProgress) => void
}

export interface ParityProgress {
  readonly stage: (typeof parityStages)[number]
  /** Runs of this stage. */
  readonly done: number
  readonly total: number
}

/** What a parity check found. */
export interface ParityReport {
  readonly comparison: Comparison
  readonly levels: readonly ParityLevel[]
  /** Everything that was run, in the order in which it was asked. */
  readonly runs: readonly Run[]
  /** With `self`: one per backend. */
  readonly selfChecks: readonly ConsistencyReport[]
  readonly reference: ReferenceReport | null
}

/** Which of a comparison's suggested checks to make; left out: all, for the cases that part worst. */
export interface ConfirmOptions extends Pick<ParityOptions, "timeoutMs" | "signal" | "onProgress"> {
  readonly case?: string
  /** As the divergences name them: "repeat", "batch of 1", "flush cache and retry". */
  readonly actions?: readonly string[]
}

/** Which stored cases to put to the backends; neither: all. */
export type RunCases = Omit<ParityOptions, "cases"> & { readonly ids?: readonly string[]; readonly tag?: string }

/** The text of a suite file, YAML or JSON. */
export interface SuiteText {
  readonly text: string
}

/** A suite as a file holds it (JSON is checked like one), its text, or the path of such a file. What it names is read from beside the file, else from the working folder. */
export type SuiteSource = string | SuiteText | SuiteFile | JsonObject

/** How a suite is run. */
export interface CampaignStart {
  /** Names or specs, the baseline first; default: those that the suite names. */
  readonly backends?: readonly string[]
  /** Name of a stored baseline that each backend is compared with, in place of the first backend. */
  readonly against?: string
  /** Refuse what a gate must not judge (`mock-refused`) before anything is run. */
  readonly gate?: boolean
  readonly allowMock?: boolean
  /** Double the repeats once where they do not decide. */
  readonly untilDecided?: boolean
  readonly adapterMode?: AdapterMode
}

/** What a plan depends on. */
export type PlanOptions = Pick<CampaignStart, "backends" | "against" | "adapterMode">

export interface CampaignResume {
  /**
   * Says again what its names mean, where these are specs with secrets. Refused (`backend-changed`) where a backend has
   * other settings than the campaign began with.
   */
  readonly backends?: readonly string[]
  /** Refused (`suite-changed`) where it is not what the campaign began with. */
  readonly suite?: SuiteSource
}

export interface CampaignWatch {
  /** Called a few times a second, and at the end. */
  readonly onProgress?: (campaign: Campaign) => void
  /** Aborted: the campaign is cancelled; what it has made stays. */
  readonly signal?: AbortSignal
}

export interface CampaignReport {
  readonly campaign: Campaign
  /** Of a campaign that did not come to its end: inconclusive. */
  readonly verdict: Verdict
}

export interface PromoteOptions {
  /** `main`; a suite can have several. */
  readonly name: string
  readonly reason: string
  readonly author: string
  /** Of this backend only. */
  readonly backend?: string
  readonly allowMock?: boolean
}

export interface WaiveOptions {
  readonly suite: string
  readonly gate: string
  /** RFC 3339 date or time. */
  readonly until: string
  readonly reason: string
  readonly author: string
  /** Left out: every one, as for point and backend. */
  readonly case?: string
  readonly point?: Point
  readonly backend?: string
}

export interface CampaignFilter {
  /** Default 50. */
  readonly limit?: number
  readonly suite?: string
}

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
  /**
   * Puts the same cases to every backend, level by level, measures each side against itself, looks into what differs
   * and says why. An aborted signal cancels what still runs.
   */
  parity(options: ParityOptions): Promise<ParityReport>
  /** What running the suite would do, run by run, and what would be skipped. Nothing is run or stored. */
  plan(suite: SuiteSource, options?: PlanOptions): Promise<Plan>
  /** Runs a suite to its end and judges it. A failed run is a result. */
  runSuite(suite: SuiteSource, options?: CampaignStart & CampaignWatch): Promise<CampaignReport>
  readonly campaigns: {
    /** Plans the suite, stores the campaign and returns at once; this process goes on with it. */
    start(suite: SuiteSource, options?: CampaignStart): Promise<Campaign>
    /** Newest first. */
    list(filter?: CampaignFilter): Promise<readonly Campaign[]>
    get(idOrPrefix: string): Promise<Campaign>
    /** Resolves when nobody is at it any more, whoever was. */
    wait(idOrPrefix: string, options?: CampaignWatch): Promise<CampaignReport>
    /** Stops the run that is being made. Idempotent; one that has ended stays as it is. */
    cancel(idOrPrefix: string): Promise<Campaign>
    /** After the run that is being made. */
    pause(idOrPrefix: string): Promise<Campaign>
    /**
     * Goes on with one that is at rest: finished runs stay, all others are made.
     */
    resume(idOrPrefix: string, options?: CampaignResume): Promise<Campaign>
  }
  readonly baselines: {
    /** In use, newest first; with `superseded` those that others took the place of, too. */
    list(filter?: {
      readonly suite?: string
      readonly name?: string
      readonly superseded?: boolean
    }): Promise<readonly Baseline[]>
    promote(campaign: string, options: PromoteOptions): Promise<readonly Baseline[]>
    waive(options: WaiveOptions): Promise<Waiver>
    /** Newest first, expired ones among them. */
    waivers(filter?: { readonly suite?: string }): Promise<readonly Waiver[]>
  }
  readonly cases: {
    list(filter?: { readonly tag?: string }): Promise<readonly ParityCase[]>
    get(nameOrId: string): Promise<ParityCase>
    /** `name-taken` where another case has the name. */
    add(spec: CaseSpec): Promise<ParityCase>
    replace(nameOrId: string, spec: CaseSpec): Promise<ParityCase>
    remove(nameOrId: string): Promise<ParityCase>
    /** Reads cases, one JSON object a line: all or none. A case whose name is there takes its place. */
    import(lines: string, from?: string): Promise<readonly ParityCase[]>
    /** The cases as such lines: importing and exporting them again gives the same bytes. */
    export(filter?: { readonly tag?: string }): Promise<string>
    run(options: RunCases): Promise<ParityReport>
  }
  readonly comparisons: {
    get(idOrPrefix: string): Promise<Comparison>
    list(): Promise<readonly ComparisonSummary[]>
    /** Makes the checks that it suggests, and compares again with what they showed. */
    confirm(idOrPrefix: string, options?: ConfirmOptions): Promise<Comparison>
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
    /** What the backend said of itself, newest first. */
    selfChecks(name: string): Promise<readonly ConsistencyReport[]>
    /** Token ids of each text, without special tokens; null where the backend cannot tell. */
    tokenize(name: string, texts: readonly string[]): Promise<readonly (readonly number[])[] | null>
  }
  readonly adapters: readonly Adapter[]
  /** Entries of every run and every process on this data folder after `after` (default: from now), then live. */
  events(options?: { readonly after?: number; readonly signal?: AbortSignal }): AsyncIterable<RunLogEntry>
  /** Reads foreign result files or folders; the same content is imported once. */
  import(paths: readonly string[]): Promise<ImportReport>
  /** Counts for the shell: runs in flight, runs and campaigns stored, bytes on disk. */
  status(): Promise<{
    readonly inFlight: number
    readonly runs: number
    readonly campaigns: number
    readonly sizeBytes: number
  }>
  close(): Promise<void>
}
