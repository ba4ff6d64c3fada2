import * as Schema from "effect/Schema"
import * as Domain from "../domain/campaign.ts"
import { runStatuses } from "../domain/run.ts"
import { gateResult, MetricDelta } from "./comparison.ts"
import { plannedRun, Point, SkippedRun } from "./plan.ts"
import { Provenance } from "./run.ts"
import { ValidityOutcome } from "./validity.ts"
import { Outcome, Verdict } from "./verdict.ts"
import { orElse, struct, type Codec } from "./wire.ts"

export const CampaignRun: Codec<Domain.CampaignRun> = struct({
  ...plannedRun,
  runId: Schema.NullOr(Schema.String),
  status: Schema.Literals([...runStatuses, "planned", "skipped"]),
  validity: Schema.NullOr(ValidityOutcome),
  durationMs: Schema.NullOr(Schema.Finite)
})

export const CampaignCell: Codec<Domain.CampaignCell> = struct({
  case: Schema.String,
  point: Point,
  baseline: Schema.NullOr(Schema.String),
  candidate: Schema.String,
  comparisonId: Schema.NullOr(Schema.String),
  outcome: Schema.NullOr(Outcome),
  sentence: Schema.NullOr(Schema.String),
  wouldDecide: Schema.NullOr(Schema.String),
  usable: Schema.Tuple([Schema.Natural, Schema.Natural]),
  gates: Schema.Array(
    struct({
      ...gateResult,
      metric: orElse(Schema.NullOr(Schema.String), null),
      scale: Schema.Literals(["ratio", "value"]),
      waiver: Schema.NullOr(Schema.String),
      tier: Schema.NullOr(Schema.Literals(["confirmed", "likely", "noise"]))
    })
  ),
  metrics: Schema.Array(MetricDelta)
})

export const CampaignProgress: Codec<Domain.CampaignProgress> = struct({
  done: Schema.Natural,
  total: Schema.Natural,
  elapsedMs: Schema.Finite,
  etaMs: Schema.NullOr(Schema.Finite)
})

export const Campaign: Codec<Domain.Campaign> = struct({
  id: Schema.String,
  suite: Schema.String,
  version: Schema.Natural,
  status: Schema.Literals(Domain.campaignStatuses),
  createdAt: Schema.String,
  finishedAt: Schema.NullOr(Schema.String),
  backends: Schema.Array(Schema.String),
  provenances: Schema.Array(Provenance),
  against: Schema.NullOr(Schema.String),
  seed: Schema.Int,
  extended: Schema.Boolean,
  stopped: Schema.NullOr(Schema.String),
  planned: Schema.Natural,
  succeeded: Schema.Natural,
  failed: Schema.Natural,
  progress: CampaignProgress,
  runs: Schema.Array(CampaignRun),
  skipped: Schema.Array(SkippedRun),
  cells: Schema.Array(CampaignCell),
  comparisons: Schema.Array(Schema.String),
  verdict: Schema.NullOr(Verdict)
})
