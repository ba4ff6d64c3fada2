import * as Schema from "effect/Schema"
import type * as Domain from "../domain/event.ts"
import type * as Live from "../domain/live.ts"
import { Artifact } from "./artifact.ts"
import { Fingerprint } from "./fingerprint.ts"
import { Metrics } from "./metric.ts"
import { ImportNote, Output, Progress, Provenance, Reproduce, Resend, RunError, RunStatus, ScoreResult } from "./run.ts"
import { CampaignPlace } from "./plan.ts"
import { TraceHeader } from "./trace.ts"
import { Finding } from "./validity.ts"
import { struct, type Codec } from "./wire.ts"
import { RunRequest } from "./workload.ts"

export const RunSeed: Codec<Domain.RunSeed> = struct({
  id: Schema.String,
  backend: Schema.String,
  adapter: Schema.String,
  request: RunRequest,
  resend: Schema.NullOr(Resend),
  campaign: Schema.optionalKey(CampaignPlace),
  workloadHash: Schema.String,
  provenance: Provenance,
  imported: Schema.NullOr(ImportNote),
  tags: Schema.Array(Schema.String),
  reproduce: Reproduce
})

const event = <const T extends string, const F extends Schema.Struct.Fields>(type: T, fields: F) =>
  struct({ type: Schema.Literal(type), ...fields })

const light = [
  event("status", { status: RunStatus, error: Schema.NullOr(RunError) }),
  event("fallback", { code: Schema.String, message: Schema.String }),
  event("progress", { progress: Progress }),
  event("log", { line: Schema.String }),
  event("token", {
    index: Schema.Natural,
    id: Schema.Int,
    text: Schema.NullOr(Schema.String),
    logprob: Schema.NullOr(Schema.Finite)
  }),
  event("finding", { finding: Finding }),
  event("artifact", { artifact: Artifact }),
  event("trace", { header: TraceHeader }),
  event("annotated", {
    tags: Schema.Array(Schema.String),
    note: Schema.String,
    pinned: Schema.Boolean,
    archived: Schema.Boolean
  })
] as const

export const RunLogEvent: Codec<Domain.RunLogEvent> = Schema.Union([
  ...light,
  event("created", { seed: RunSeed }),
  event("probed", { fingerprint: Fingerprint, systemHash: Schema.String }),
  event("result", {
    score: Schema.NullOr(ScoreResult),
    output: Schema.NullOr(Output),
    metrics: Metrics,
    rawMetrics: Schema.Json
  })
])

export const LiveEvent: Codec<Live.LiveEvent> = Schema.Union([
  ...light,
  event("created", { campaign: Schema.NullOr(Schema.String) }),
  event("probed", {}),
  event("result", {})
])

const entry = { seq: Schema.Natural, runId: Schema.String, at: Schema.String }

export const RunLogEntry: Codec<Domain.RunLogEntry> = struct({ ...entry, event: RunLogEvent })

export const LiveEntry: Codec<Live.LiveEntry> = struct({ ...entry, event: LiveEvent })
