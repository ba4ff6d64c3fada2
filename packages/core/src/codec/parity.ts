import * as Schema from "effect/Schema"
import * as Domain from "../domain/parity.ts"
import { Outcome } from "./verdict.ts"
import { struct, type Codec } from "./wire.ts"

const known = Schema.NullOr(Schema.Finite)

export const ParityLevel: Codec<Domain.ParityLevel> = struct({
  level: Schema.Literals(Domain.parityLevels),
  outcome: Outcome,
  reason: Schema.String
})

export const ConsistencyCheck: Codec<Domain.ConsistencyCheck> = struct({
  name: Schema.Literals(Domain.consistencyNames),
  outcome: Schema.Literals(["pass", "fail", "inconclusive", "skipped"]),
  reason: Schema.String,
  cases: Schema.Natural,
  maxAbsDelta: known,
  tolerance: Schema.Finite,
  worst: Schema.NullOr(struct({ case: Schema.String, runIds: Schema.Array(Schema.String) }))
})

export const ConsistencyReport: Codec<Domain.ConsistencyReport> = struct({
  id: Schema.String,
  backend: Schema.String,
  createdAt: Schema.String,
  systemHash: Schema.NullOr(Schema.String),
  outcome: Outcome,
  checks: Schema.Array(ConsistencyCheck)
})

export const ReferenceReport: Codec<Domain.ReferenceReport> = struct({
  backend: Schema.String,
  comparisonId: Schema.String,
  arms: Schema.Array(struct({ label: Schema.String, rmsDeltaLogprob: known, maxAbsDeltaScore: known })),
  off: Schema.Array(Schema.String),
  sentence: Schema.String
})
