import * as Schema from "effect/Schema"
import * as Resends from "../domain/resend.ts"
import * as Domain from "../domain/run.ts"
import { Artifact } from "./artifact.ts"
import { CampaignPlace } from "./plan.ts"
import { Fingerprint } from "./fingerprint.ts"
import { Metrics } from "./metric.ts"
import { TraceHeader } from "./trace.ts"
import { Validity, ValidityOutcome } from "./validity.ts"
import { orElse, struct, type Codec } from "./wire.ts"
import { RunKind, RunRequest, TokenInput } from "./workload.ts"

export const RunStatus: Codec<Domain.RunStatus> = Schema.Literals(Domain.runStatuses)

export const Provenance: Codec<Domain.Provenance> = Schema.Literals(Domain.provenances)

export const ImportNote: Codec<Domain.ImportNote> = struct({
  from: Schema.String,
  at: Schema.String,
  sha256: Schema.String
})

export const RunError: Codec<Domain.RunError> = struct({
  code: Schema.String,
  message: Schema.String,
  hint: Schema.NullOr(Schema.String)
})

const Matrix = Schema.Array(Schema.Array(Schema.Finite))

export const ScoreResult: Codec<Domain.ScoreResult> = struct({
  items: Schema.Array(
    struct({ text: Schema.NullOr(Schema.String), inputIds: Schema.NullOr(Schema.Array(Schema.Int)) })
  ),
  labels: Schema.Array(struct({ text: Schema.NullOr(Schema.String), id: Schema.Int })),
  scores: Matrix,
  logprobs: Schema.NullOr(Matrix),
  oneByOne: Schema.NullOr(Matrix)
})

export const Output: Codec<Domain.Output> = struct({
  text: Schema.NullOr(Schema.String),
  tokenIds: Schema.Array(Schema.Int)
})

export const Reproduce: Codec<Domain.Reproduce> = struct({
  cli: Schema.String,
  curl: Schema.NullOr(Schema.String),
  python: Schema.NullOr(Schema.String)
})

export const Progress: Codec<Domain.Progress> = struct({
  done: Schema.Finite,
  total: Schema.NullOr(Schema.Finite),
  unit: Schema.String
})

export const Resend: Codec<Resends.Resend> = struct({
  of: Schema.String,
  kind: Schema.Literals(Resends.sendKinds),
  companions: orElse(Schema.Array(TokenInput), [])
})

const summary = {
  id: Schema.String,
  kind: RunKind,
  backend: Schema.String,
  adapter: Schema.String,
  status: RunStatus,
  provenance: Provenance,
  imported: Schema.NullOr(ImportNote),
  adapterError: Schema.NullOr(struct({ code: Schema.String, message: Schema.String })),
  error: Schema.NullOr(RunError),
  createdAt: Schema.String,
  startedAt: Schema.NullOr(Schema.String),
  finishedAt: Schema.NullOr(Schema.String),
  workloadHash: Schema.String,
  resend: Schema.NullOr(Resend),
  campaign: Schema.NullOr(CampaignPlace),
  tags: Schema.Array(Schema.String),
  note: Schema.String,
  pinned: Schema.Boolean,
  archived: Schema.Boolean,
  progress: Schema.NullOr(Progress)
}

export const Run: Codec<Domain.Run> = struct({
  ...summary,
  systemHash: Schema.NullOr(Schema.String),
  fingerprint: Schema.NullOr(Fingerprint),
  request: RunRequest,
  metrics: Metrics,
  rawMetrics: Schema.Json,
  validity: Validity,
  score: Schema.NullOr(ScoreResult),
  output: Schema.NullOr(Output),
  traces: Schema.Array(TraceHeader),
  artifacts: Schema.Array(Artifact),
  reproduce: Reproduce
})

export const RunSummary: Codec<Domain.RunSummary> = struct({
  ...summary,
  validity: ValidityOutcome,
  keyMetric: Schema.NullOr(struct({ name: Schema.String, value: Schema.Finite, unit: Schema.String })),
  title: Schema.String
})
