import type * as Baselines from "../domain/baseline.ts"
import type * as Campaigns from "../domain/campaign.ts"
import type * as Comparisons from "../domain/comparison.ts"
import type * as Live from "../domain/live.ts"
import type * as Parity from "../domain/parity.ts"
import type * as Cases from "../domain/parityCase.ts"
import type * as Plans from "../domain/plan.ts"
import type * as Runs from "../domain/run.ts"
import type * as Verdicts from "../domain/verdict.ts"
import * as baseline from "./baseline.ts"
import * as campaign from "./campaign.ts"
import * as comparison from "./comparison.ts"
import * as event from "./event.ts"
import * as parity from "./parity.ts"
import * as parityCase from "./parityCase.ts"
import * as plan from "./plan.ts"
import * as run from "./run.ts"
import * as verdict from "./verdict.ts"
import type { WireCodec } from "./WireCodec.ts"

// The documents that leave the studio whole. Their parts have codecs in the files beside this one, made of schemas.

export const Run: WireCodec<Runs.Run> = run.Run
export const RunSummary: WireCodec<Runs.RunSummary> = run.RunSummary
export const LiveEntry: WireCodec<Live.LiveEntry> = event.LiveEntry
export const Comparison: WireCodec<Comparisons.Comparison> = comparison.Comparison
export const Verdict: WireCodec<Verdicts.Verdict> = verdict.Verdict
export const ParityCase: WireCodec<Cases.ParityCase> = parityCase.ParityCase
export const ConsistencyReport: WireCodec<Parity.ConsistencyReport> = parity.ConsistencyReport
export const ReferenceReport: WireCodec<Parity.ReferenceReport> = parity.ReferenceReport
export const Plan: WireCodec<Plans.Plan> = plan.Plan
export const Campaign: WireCodec<Campaigns.Campaign> = campaign.Campaign
export const Baseline: WireCodec<Baselines.Baseline> = baseline.Baseline
export const Waiver: WireCodec<Baselines.Waiver> = baseline.Waiver
