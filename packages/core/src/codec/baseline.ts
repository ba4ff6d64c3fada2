import * as Schema from "effect/Schema"
import type * as Domain from "../domain/baseline.ts"
import { Point } from "./plan.ts"
import { struct, type Codec } from "./wire.ts"

export const Baseline: Codec<Domain.Baseline> = struct({
  id: Schema.String,
  name: Schema.String,
  suite: Schema.String,
  case: Schema.String,
  point: Point,
  backend: Schema.String,
  runIds: Schema.Array(Schema.String),
  campaign: Schema.String,
  reason: Schema.String,
  author: Schema.String,
  promotedAt: Schema.String,
  supersededAt: Schema.NullOr(Schema.String)
})

export const Waiver: Codec<Domain.Waiver> = struct({
  id: Schema.String,
  suite: Schema.String,
  gate: Schema.String,
  case: Schema.NullOr(Schema.String),
  point: Schema.NullOr(Point),
  backend: Schema.NullOr(Schema.String),
  reason: Schema.String,
  author: Schema.String,
  createdAt: Schema.String,
  expiresAt: Schema.String
})
