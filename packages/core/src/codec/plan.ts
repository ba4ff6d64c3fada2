import * as Schema from "effect/Schema"
import type * as Campaigns from "../domain/campaign.ts"
import type * as Domain from "../domain/plan.ts"
import { struct, type Codec } from "./wire.ts"

export const AxisValue: Codec<Domain.AxisValue> = Schema.Union([Schema.String, Schema.Finite, Schema.Boolean])

export const Point: Codec<Domain.Point> = Schema.Record(Schema.String, AxisValue)

const RunPhase: Codec<Domain.RunPhase> = Schema.Literals(["warmup", "measured"])

export const plannedRun = {
  key: Schema.String,
  case: Schema.String,
  point: Point,
  backend: Schema.String,
  repeat: Schema.Natural,
  block: Schema.Natural,
  position: Schema.Natural,
  phase: RunPhase
}

export const SkippedRun: Codec<Domain.SkippedRun> = struct({ key: Schema.String, reason: Schema.String })

export const Plan: Codec<Domain.Plan> = struct({
  suite: Schema.String,
  seed: Schema.Int,
  runs: Schema.Array(struct(plannedRun)),
  estimateMs: Schema.NullOr(Schema.Finite),
  skipped: Schema.Array(SkippedRun)
})

const { backend: _, ...place } = plannedRun

export const CampaignPlace: Codec<Campaigns.CampaignPlace> = struct({
  id: Schema.String,
  suite: Schema.String,
  ...place
})
