import * as Schema from "effect/Schema"
import type * as Domain from "../domain/comparison.ts"
import { ParityLevel } from "./parity.ts"
import { Provenance } from "./run.ts"
import { Outcome, Verdict } from "./verdict.ts"
import { orElse, struct, type Codec } from "./wire.ts"
import { RunKind } from "./workload.ts"

const known = Schema.NullOr(Schema.Finite)
/** Left out before there were several candidates to tell apart. */
const candidate = orElse(Schema.NullOr(Schema.String), null)
const Interval = Schema.NullOr(Schema.Tuple([Schema.Finite, Schema.Finite]))

export const Arm: Codec<Domain.Arm> = struct({
  label: Schema.String,
  runIds: Schema.Array(Schema.String)
})

export const ConfigDifference: Codec<Domain.ConfigDifference> = struct({
  path: Schema.String,
  values: Schema.Array(Schema.Json),
  declared: Schema.Boolean
})

export const Comparability: Codec<Domain.Comparability> = struct({
  outcome: Schema.Literals(["comparable", "flagged", "refused"]),
  differences: Schema.Array(ConfigDifference)
})

export const gateResult = {
  name: Schema.String,
  outcome: Outcome,
  reason: Schema.String,
  /** Left out before gates had words of their own. */
  message: orElse(Schema.String, ""),
  value: known,
  margin: known,
  interval: Interval,
  moreRunsNeeded: known
}

export const GateResult: Codec<Domain.GateResult> = struct(gateResult)

export const MetricDelta: Codec<Domain.MetricDelta> = struct({
  name: Schema.String,
  unit: Schema.String,
  values: Schema.Array(known),
  ratio: known,
  interval: Interval,
  p: known
})

export const TokenParity: Codec<NonNullable<Domain.Comparison["parity"]>> = struct({
  candidate,
  positions: Schema.Natural,
  prompts: Schema.Natural,
  maxAbsDeltaLogprob: known,
  meanAbsDeltaLogprob: known,
  rmsDeltaLogprob: known,
  p99AbsDeltaLogprob: known,
  top1Agreement: known,
  klLowerBound: known,
  coverage: known,
  greedy: Schema.Struct({ prompts: Schema.Natural, equal: Schema.Natural }),
  tolerance: Schema.Struct({ value: Schema.Finite, source: Schema.String }),
  supportMismatch: Schema.Natural
})

export const Confirmation: Codec<Domain.Confirmation> = struct({
  action: Schema.String,
  status: Schema.Literals(["suggested", "confirmed", "refuted", "unavailable"])
})

export const Divergence: Codec<Domain.Divergence> = struct({
  case: Schema.String,
  position: Schema.NullOr(Schema.Natural),
  cause: Schema.String,
  evidence: Schema.JsonObject,
  confirm: Schema.Array(Confirmation)
})

export const ScoreParity: Codec<NonNullable<Domain.Comparison["scores"]>> = struct({
  candidate,
  requests: Schema.Natural,
  items: Schema.Natural,
  maxAbsDelta: known,
  rankFlips: Schema.Natural,
  top1Flips: Schema.Natural,
  tauB: known,
  batchedVsSingle: Schema.Array(known),
  maxAbsDeltaOneByOne: known
})

export const ComparedPair: Codec<Domain.ComparedPair> = struct({
  case: Schema.String,
  kind: RunKind,
  runIds: Schema.Array(Schema.NullOr(Schema.String)),
  maxAbsDelta: known,
  rankFlip: Schema.Boolean
})

export const Comparison: Codec<Domain.Comparison> = struct({
  id: Schema.String,
  createdAt: Schema.String,
  arms: Schema.Array(Arm),
  provenances: Schema.Array(Provenance),
  comparability: Comparability,
  verdict: Verdict,
  gates: Schema.Array(GateResult),
  metrics: Schema.Array(MetricDelta),
  parity: Schema.NullOr(TokenParity),
  divergences: Schema.Array(Divergence),
  scores: Schema.NullOr(ScoreParity),
  pairs: Schema.Array(ComparedPair),
  levels: Schema.Array(ParityLevel)
})
