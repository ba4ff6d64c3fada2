import type { Artifact } from "./artifact.ts"
import type { CampaignPlace } from "./campaign.ts"
import type { Fingerprint } from "./fingerprint.ts"
import type { Json } from "./json.ts"
import type { KeyMetric } from "./keyMetric.ts"
import type { Metrics } from "./metric.ts"
import type { Resend } from "./resend.ts"
import type { TraceHeader } from "./trace.ts"
import type { Validity } from "./validity.ts"
import type { RunKind, RunRequest } from "./workload.ts"

export const runStatuses = ["queued", "starting", "running", "succeeded", "failed", "cancelled", "interrupted"] as const

export type RunStatus = (typeof runStatuses)[number]

/** Where the numbers come from. Importing never changes it. */
export const provenances = ["real", "mock", "mock-fallback", "unknown"] as const

export type Provenance = (typeof provenances)[number]

export interface ImportNote {
  /** File or folder that was read, relative to what the user named. */
  readonly from: string
  readonly at: string
  /** Hash of the imported bytes: the same content is imported once. */
  readonly sha256: string
}

export interface RunError {
  readonly code: string
  readonly message: string
  readonly hint: string | null
}

export interface ScoredItem {
  readonly text: string | null
  /** Token ids of the whole prompt that was scored; null when the backend does not say. */
  readonly inputIds: readonly number[] | null
}

export interface Label {
  readonly text: string | null
  readonly id: number
}

/** Scores of one request. Rows are items, columns labels, in request order. */
export interface ScoreResult {
  readonly items: readonly ScoredItem[]
  readonly labels: readonly Label[]
  /** Probabilities: over the whole vocabulary, or over the labels with `applySoftmax`. */
  readonly scores: readonly (readonly number[])[]
  /** Natural-log probabilities over the whole vocabulary; null when the backend does not give them. */
  readonly logprobs: readonly (readonly number[])[] | null
  /** The same scores with every item sent alone, one request in flight; null when not asked. */
  readonly oneByOne: readonly (readonly number[])[] | null
}

export interface Output {
  readonly text: string | null
  readonly tokenIds: readonly number[]
}

/** How to get the same measurement again, outside the studio too. Null where a form does not apply. */
export interface Reproduce {
  readonly cli: string
  readonly curl: string | null
  readonly python: string | null
}

export interface Progress {
  readonly done: number
  readonly total: number | null
  readonly unit: string
}

/** The immutable record of one execution of one request on one backend. Times are RFC 3339 UTC. */
export interface Run {
  readonly id: string
  readonly kind: RunKind
  readonly backend: string
  readonly adapter: string
  readonly status: RunStatus
  readonly provenance: Provenance
  readonly imported: ImportNote | null
  /** Why a benchmark in mode `auto` fell back to the mock. */
  readonly adapterError: { readonly code: string; readonly message: string } | null
  readonly error: RunError | null
  readonly createdAt: string
  readonly startedAt: string | null
  readonly finishedAt: string | null
  /** `sha256:` of what was asked: equal in a comparison. */
  readonly workloadHash: string
  /** `sha256:` of what answered; null until the backend was probed. */
  readonly systemHash: string | null
  readonly fingerprint: Fingerprint | null
  readonly request: RunRequest
  /** Set when the run only checks another one. */
  readonly resend: Resend | null
  /** Set when a campaign made the run. */
  readonly campaign: CampaignPlace | null
  readonly tags: readonly string[]
  readonly note: string
  readonly pinned: boolean
  readonly archived: boolean
  readonly progress: Progress | null
  readonly metrics: Metrics
  /** What the engine itself reported, under its own names. */
  readonly rawMetrics: Json
  readonly validity: Validity
  readonly score: ScoreResult | null
  readonly output: Output | null
  readonly traces: readonly TraceHeader[]
  readonly artifacts: readonly Artifact[]
  readonly reproduce: Reproduce
}

/** A row of a run list. */
export type RunSummary = Pick<
  Run,
  | "id"
  | "kind"
  | "backend"
  | "adapter"
  | "status"
  | "provenance"
  | "imported"
  | "adapterError"
  | "error"
  | "createdAt"
  | "startedAt"
  | "finishedAt"
  | "workloadHash"
  | "tags"
  | "note"
  | "resend"
  | "campaign"
  | "pinned"
  | "archived"
  | "progress"
> & {
  readonly validity: Validity["outcome"]
  /** Null where it has none, and of runs that are older than this field. */
  readonly keyMetric: KeyMetric | null
  /** One line that says what was asked. */
  readonly title: string
}

export const isFinished = (status: RunStatus): boolean =>
  status !== "queued" && status !== "starting" && status !== "running"
