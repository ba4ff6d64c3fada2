import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type { Artifact, ArtifactKind } from "../domain/artifact.ts"
import type { Baseline, Waiver } from "../domain/baseline.ts"
import type { CampaignRecord, CampaignState, CampaignStatus } from "../domain/campaign.ts"
import type { Comparison } from "../domain/comparison.ts"
import type { RunLogEntry, RunLogEvent, RunSeed, TimedEvent } from "../domain/event.ts"
import type { ConsistencyReport } from "../domain/parity.ts"
import type { CaseSpec, CaseVerdict, ParityCase } from "../domain/parityCase.ts"
import type { Plan } from "../domain/plan.ts"
import type { BackendInfo } from "../domain/probe.ts"
import type { Run, RunSummary } from "../domain/run.ts"
import type { Sample } from "../domain/sample.ts"
import type { TraceChunk, TraceHeader, TraceSlice } from "../domain/trace.ts"
import type { TraceColumns } from "../domain/traceColumns.ts"
import type { RunQuery } from "./RunQuery.ts"
import type { StoreError } from "./StoreError.ts"

/** The process that executes a run: a pid alone can be reused, so its start time goes with it. */
export interface Owner {
  readonly pid: number
  readonly startedAt: string
}

/** What can be asked of the process that is at a campaign. */
export type CampaignRequest = "cancel" | "pause"

export interface BaselineQuery {
  readonly suite?: string
  readonly name?: string
  /** Those that others took the place of, too. */
  readonly superseded?: boolean
}

/**
 * Everything that lasts. The event log and the projected run row are written in one transaction, so that a run's
 * record is always the fold of its events. Several processes may hold the same store at once.
 */
export class RunStore extends Context.Service<
  RunStore,
  {
    /** Writes the `created` event and the queued run; an owner of null means that nothing executes it (import). */
    readonly create: (seed: RunSeed, owner: Owner | null) => Effect.Effect<Run, StoreError>
    /** Appends events and projects them; an illegal status change is `StoreError` `illegal-transition` and writes nothing. */
    readonly append: (
      runId: string,
      events: readonly RunLogEvent[]
    ) => Effect.Effect<readonly RunLogEntry[], StoreError>
    /** The same, with the time at which each was told; no time is before the one that went before it. */
    readonly appendTold: (
      runId: string,
      told: readonly TimedEvent[]
    ) => Effect.Effect<readonly RunLogEntry[], StoreError>
    readonly get: (runId: string) => Effect.Effect<Run, StoreError>
    /** The one run whose id starts with the prefix; `StoreError` `not-found` or `ambiguous-id`. */
    readonly find: (idOrPrefix: string) => Effect.Effect<Run, StoreError>
    readonly list: (
      query: RunQuery
    ) => Effect.Effect<{ readonly items: readonly RunSummary[]; readonly nextCursor: string | null }, StoreError>
    /** Entries with `seq > after`, oldest first, of one run or of all. */
    readonly entries: (query: {
      readonly runId?: string
      readonly after: number
      readonly limit: number
    }) => Effect.Effect<readonly RunLogEntry[], StoreError>
    readonly lastSeq: Effect.Effect<number, StoreError>
    /** Changes when any process commits: cheap to poll. */
    readonly dataVersion: Effect.Effect<number, StoreError>
    /** Id of the run imported from this content hash, if any. */
    readonly importedAs: (sha256: string) => Effect.Effect<string | null, StoreError>

    readonly addSamples: (runId: string, samples: readonly Sample[]) => Effect.Effect<void, StoreError>
    readonly samples: (runId: string) => Effect.Effect<readonly Sample[], StoreError>
    /** Chunks of one case come in order. The header event is appended by the caller once the case is complete. */
    readonly addTraces: (runId: string, chunks: readonly TraceChunk[]) => Effect.Effect<void, StoreError>
    readonly traceHeaders: (runId: string) => Effect.Effect<readonly TraceHeader[], StoreError>
    readonly traceSlice: (
      runId: string,
      query: { readonly case: string; readonly from: number; readonly to: number }
    ) => Effect.Effect<TraceSlice, StoreError>
    /** All traces of a run, whole, in the order in which they were begun. */
    readonly traces: (runId: string) => Effect.Effect<readonly TraceColumns[], StoreError>

    /** Content-addressed: temp file, fsync, rename. The artifact exists once `close` has resolved. */
    readonly openArtifact: (
      name: string,
      kind: ArtifactKind,
      mediaType: string
    ) => Effect.Effect<
      {
        readonly write: (bytes: Uint8Array) => Effect.Effect<void, StoreError>
        readonly close: Effect.Effect<Artifact, StoreError>
        readonly discard: Effect.Effect<void>
      },
      StoreError
    >
    readonly artifactPath: (sha256: string) => string

    readonly saveComparison: (comparison: Comparison) => Effect.Effect<void, StoreError>
    readonly comparison: (idOrPrefix: string) => Effect.Effect<Comparison, StoreError>
    readonly comparisons: (limit: number) => Effect.Effect<readonly Comparison[], StoreError>

    /** Cases in the order in which they were first saved. A name belongs to one case: `StoreError` `name-taken`. */
    readonly cases: Effect.Effect<readonly ParityCase[], StoreError>
    readonly case: (nameOrId: string) => Effect.Effect<ParityCase, StoreError>
    readonly createCase: (spec: CaseSpec) => Effect.Effect<ParityCase, StoreError>
    /** Verdicts on another input are forgotten. */
    readonly replaceCase: (nameOrId: string, spec: CaseSpec) => Effect.Effect<ParityCase, StoreError>
    /** All or none; a case whose name is there takes its place. */
    readonly saveCases: (specs: readonly CaseSpec[]) => Effect.Effect<readonly ParityCase[], StoreError>
    readonly removeCase: (nameOrId: string) => Effect.Effect<ParityCase, StoreError>
    readonly saveCaseVerdicts: (
      verdicts: readonly { readonly name: string; readonly verdict: CaseVerdict }[]
    ) => Effect.Effect<void, StoreError>

    readonly saveConsistencyReport: (report: ConsistencyReport) => Effect.Effect<void, StoreError>
    /** Of one backend, newest first. */
    readonly consistencyReports: (backend: string) => Effect.Effect<readonly ConsistencyReport[], StoreError>

    /** Stored as `running`, by this owner. */
    readonly createCampaign: (
      campaign: Omit<CampaignRecord, "createdAt" | "status">,
      owner: Owner
    ) => Effect.Effect<CampaignRecord, StoreError>
    readonly campaign: (idOrPrefix: string) => Effect.Effect<CampaignRecord, StoreError>
    /** Newest first. */
    readonly campaigns: (query: {
      readonly limit: number
      readonly suite?: string
    }) => Effect.Effect<readonly CampaignRecord[], StoreError>
    /** Its runs in the order in which they were made, those that were begun anew among them. */
    readonly campaignRuns: (id: string) => Effect.Effect<readonly RunSummary[], StoreError>
    readonly saveCampaign: (
      id: string,
      changes: { readonly plan?: Plan; readonly state?: CampaignState }
    ) => Effect.Effect<void, StoreError>
    /** Makes a campaign that is at rest `running`, by this owner; `StoreError` `busy` where a living process is at it. */
    readonly claimCampaign: (id: string, owner: Owner) => Effect.Effect<CampaignRecord, StoreError>
    /** Gives it up: nobody is at it any more. */
    readonly restCampaign: (
      id: string,
      status: Exclude<CampaignStatus, "running">,
      state: CampaignState
    ) => Effect.Effect<void, StoreError>
    /** Asks the owner, in whatever process. Of those that nobody is at only cancel changes one: it has not ended. */
    readonly requestOfCampaign: (id: string, request: CampaignRequest) => Effect.Effect<void, StoreError>
    /** What was asked of the campaigns that this owner is at. */
    readonly campaignRequests: (
      owner: Owner
    ) => Effect.Effect<readonly { readonly id: string; readonly request: CampaignRequest }[], StoreError>

    /** Each takes the place of the one in use of the same name, suite, case, point and backend. */
    readonly promoteBaselines: (
      baselines: readonly Omit<Baseline, "id" | "promotedAt" | "supersededAt">[]
    ) => Effect.Effect<readonly Baseline[], StoreError>
    /** Newest first; without `superseded` those in use. */
    readonly baselines: (query: BaselineQuery) => Effect.Effect<readonly Baseline[], StoreError>
    readonly createWaiver: (waiver: Omit<Waiver, "id" | "createdAt">) => Effect.Effect<Waiver, StoreError>
    /** Newest first, expired ones among them. */
    readonly waivers: (suite?: string) => Effect.Effect<readonly Waiver[], StoreError>

    /** Backends added at run time, with the last probe of each name. */
    readonly saveBackend: (name: string, config: unknown) => Effect.Effect<void, StoreError>
    readonly backends: Effect.Effect<readonly { readonly name: string; readonly config: unknown }[], StoreError>
    readonly saveProbe: (name: string, probe: NonNullable<BackendInfo["probe"]>) => Effect.Effect<void, StoreError>
    readonly probe: (name: string) => Effect.Effect<BackendInfo["probe"], StoreError>

    /**
     * Ends unfinished runs whose owner is dead as `interrupted`, and such campaigns; returns the ids of the runs. Those of
     * living owners stay.
     */
    readonly interruptOrphans: Effect.Effect<readonly string[], StoreError>
    /** Asks the owner, in whatever process, to cancel; a queued or running run only. */
    readonly requestCancel: (runId: string) => Effect.Effect<void, StoreError>
    /** Runs of this owner that some process asked to cancel. */
    readonly cancelRequests: (owner: Owner) => Effect.Effect<readonly string[], StoreError>
    readonly status: Effect.Effect<
      {
        readonly inFlight: number
        readonly runs: number
        readonly campaigns: number
        readonly sizeBytes: number
      },
      StoreError
    >
    readonly dataDir: string
    readonly close: Effect.Effect<void>
  }
>()("@sglang-studio/core/store/RunStore") {}
