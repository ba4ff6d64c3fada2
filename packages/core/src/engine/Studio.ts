import type { Adapter } from "../adapter/Adapter.ts"
import type { Baseline, Waiver } from "../domain/baseline.ts"
import type { Campaign } from "../domain/campaign.ts"
import type { Arm, Comparison } from "../domain/comparison.ts"
import type { RunLogEntry } from "../domain/event.ts"
import type { ConsistencyReport } from "../domain/parity.ts"
import type { CaseSpec, ParityCase } from "../domain/parityCase.ts"
import type { Plan } from "../domain/plan.ts"
import type { BackendInfo } from "../domain/probe.ts"
import type { Run, RunSummary } from "../domain/run.ts"
import type { Sample } from "../domain/sample.ts"
import type { TraceSlice } from "../domain/trace.ts"
import type {
  BenchmarkOptions,
  GenerateOptions,
  ImportReport,
  Page,
  RunFilter,
  ScoreOptions,
  SubmitRun
} from "./RunOptions.ts"
import type { BackendConfig } from "./StudioOptions.ts"
import type {
  CampaignFilter,
  CampaignReport,
  CampaignResume,
  CampaignStart,
  CampaignWatch,
  PlanOptions,
  PromoteOptions,
  SuiteSource,
  WaiveOptions
} from "./campaigns/CampaignStart.ts"
import type { ConfirmOptions, ParityOptions, ParityReport, RunCases } from "./parity/ParityOptions.ts"

export interface ComparisonSummary {
  readonly id: string
  readonly createdAt: string
  readonly arms: readonly Arm[]
  readonly provenances: Comparison["provenances"]
  readonly outcome: Comparison["verdict"]["outcome"]
  readonly sentence: string
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
    /** `name-taken` where another case has the name, `invalid-request` where it is no case. */
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
    /** Rejects where `submit` would, and stores no run. */
    check(request: SubmitRun): Promise<void>
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
  /**
   * For a program that is about to end over an error that nothing caught: the runs that this studio executes end as failed
   * by it (`adapter-defect`), those that wait as interrupted, and campaigns are left to be resumed. Nothing is begun after
   * it. Resolves when all of that is stored.
   */
  breakOff(thrown: unknown): Promise<void>
  close(): Promise<void>
}
