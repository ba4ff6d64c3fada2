import type { Artifact } from "./artifact.ts"
import type { CampaignPlace } from "./campaign.ts"
import type { Fingerprint } from "./fingerprint.ts"
import type { Json } from "./json.ts"
import type { Metrics } from "./metric.ts"
import type { Resend } from "./resend.ts"
import type { ImportNote, Output, Progress, Provenance, Reproduce, RunError, RunStatus, ScoreResult } from "./run.ts"
import type { TraceHeader } from "./trace.ts"
import type { Finding } from "./validity.ts"
import type { RunRequest } from "./workload.ts"

/** What is known of a run when it is made. */
export interface RunSeed {
  readonly id: string
  readonly backend: string
  readonly adapter: string
  readonly request: RunRequest
  readonly resend: Resend | null
  /** Absent in runs of no campaign. */
  readonly campaign?: CampaignPlace
  readonly workloadHash: string
  readonly provenance: Provenance
  readonly imported: ImportNote | null
  readonly tags: readonly string[]
  readonly reproduce: Reproduce
}

/** What happens to a run, in order; appended, never changed. The run's record is the fold of these. */
export type RunLogEvent =
  | { readonly type: "created"; readonly seed: RunSeed }
  | { readonly type: "status"; readonly status: RunStatus; readonly error: RunError | null }
  | { readonly type: "probed"; readonly fingerprint: Fingerprint; readonly systemHash: string }
  | { readonly type: "fallback"; readonly code: string; readonly message: string }
  | { readonly type: "progress"; readonly progress: Progress }
  | { readonly type: "log"; readonly line: string }
  | {
      readonly type: "token"
      readonly index: number
      readonly id: number
      readonly text: string | null
      readonly logprob: number | null
    }
  | { readonly type: "finding"; readonly finding: Finding }
  | { readonly type: "artifact"; readonly artifact: Artifact }
  | { readonly type: "trace"; readonly header: TraceHeader }
  | {
      readonly type: "result"
      readonly score: ScoreResult | null
      readonly output: Output | null
      readonly metrics: Metrics
      readonly rawMetrics: Json
    }
  | {
      readonly type: "annotated"
      readonly tags: readonly string[]
      readonly note: string
      readonly pinned: boolean
      readonly archived: boolean
    }

/** An event and when it was told (RFC 3339). */
export interface TimedEvent {
  readonly at: string
  readonly event: RunLogEvent
}

/** One entry of a run's log. `seq` rises over the whole store, so a stream can resume after it. */
export interface RunLogEntry extends TimedEvent {
  readonly seq: number
  readonly runId: string
}
