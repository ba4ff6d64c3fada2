import * as Schema from "effect/Schema"
import { Baseline, Waiver } from "../codec/baseline.ts"
import { Campaign } from "../codec/campaign.ts"
import { Arm, Comparison } from "../codec/comparison.ts"
import { ConsistencyReport, ParityLevel, ReferenceReport } from "../codec/parity.ts"
import { ParityCase } from "../codec/parityCase.ts"
import { Plan } from "../codec/plan.ts"
import { BackendInfo } from "../codec/probe.ts"
import { Provenance, RunError, RunSummary } from "../codec/run.ts"
import { Sample } from "../codec/sample.ts"
import { Outcome } from "../codec/verdict.ts"
import { JsonObject, struct, type Codec } from "../codec/wire.ts"
import { parityStages } from "../domain/parity.ts"
import { operations } from "../domain/operation.ts"

export const Health = struct({ status: Schema.Literal("ok"), version: Schema.String, schemaVersion: Schema.Natural })

export const Status = struct({
  inFlight: Schema.Natural,
  runs: Schema.Natural,
  campaigns: Schema.Natural,
  sizeBytes: Schema.Natural,
  dataDir: Schema.String,
  version: Schema.String
})

/** An OpenAPI document, which has its own schema. */
export const OpenApi = JsonObject

/** Of an operation that answers with bytes. */
export const Bytes: Codec<never> = Schema.Never

export const RunPage = struct({ items: Schema.Array(RunSummary), nextCursor: Schema.NullOr(Schema.String) })

export const Samples = struct({ items: Schema.Array(Sample) })

export const ComparisonSummary = struct({
  id: Schema.String,
  createdAt: Schema.String,
  arms: Schema.Array(Arm),
  provenances: Schema.Array(Provenance),
  outcome: Outcome,
  sentence: Schema.String
})

export const Comparisons = struct({ items: Schema.Array(ComparisonSummary) })

export const Cases = struct({ items: Schema.Array(ParityCase) })
export const CaseLines = struct({ lines: Schema.String })

/** A parity check that this server executes; what it found is there once it is done. */
export const CaseRun = struct({
  id: Schema.String,
  status: Schema.Literals(["running", "done", "failed", "cancelled"]),
  backends: Schema.Array(Schema.String),
  stage: Schema.NullOr(Schema.Literals(parityStages)),
  /** Runs of this stage. */
  done: Schema.Natural,
  total: Schema.Natural,
  error: Schema.NullOr(RunError),
  comparison: Schema.NullOr(Comparison),
  levels: Schema.Array(ParityLevel),
  runIds: Schema.Array(Schema.String),
  selfChecks: Schema.Array(ConsistencyReport),
  reference: Schema.NullOr(ReferenceReport)
})

export const Campaigns = struct({ items: Schema.Array(Campaign) })
export const CampaignPlan = struct({ plan: Plan })
export const Baselines = struct({ items: Schema.Array(Baseline) })
export const Waivers = struct({ items: Schema.Array(Waiver) })

export const SelfChecks = struct({ items: Schema.Array(ConsistencyReport) })

export const Backends = struct({ items: Schema.Array(BackendInfo) })

export const AdapterInfo = struct({
  name: Schema.String,
  version: Schema.String,
  mock: Schema.Boolean,
  operations: Schema.Array(Schema.Literals(operations)),
  entrypoints: Schema.Array(Schema.String),
  masks: Schema.Array(Schema.String)
})

export const Adapters = struct({ items: Schema.Array(AdapterInfo) })

/** Ids of each text, without special tokens; null where the backend cannot tell. */
export const Tokens = struct({ ids: Schema.NullOr(Schema.Array(Schema.Array(Schema.Int))) })
