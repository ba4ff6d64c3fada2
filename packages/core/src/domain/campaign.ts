import type { GateResult, MetricDelta } from "./comparison.ts"
import type { JsonObject } from "./json.ts"
import type { Plan, PlannedRun, Point, RunPhase, SkippedRun } from "./plan.ts"
import type { Provenance, RunStatus } from "./run.ts"
import type { Suite } from "./suite.ts"
import type { Outcome, Verdict } from "./verdict.ts"

/**
 * `succeeded` and `failed` have ended: every measured run succeeded, or not. `interrupted`: the process that ran it is
 * gone, or could not go on; like `paused` and `cancelled` it can be resumed.
 */
export const campaignStatuses = ["running", "paused", "succeeded", "failed", "cancelled", "interrupted"] as const

export type CampaignStatus = (typeof campaignStatuses)[number]

/** A run's place in the campaign that made it. */
export interface CampaignPlace {
  /** The campaign's id. */
  readonly id: string
  readonly suite: string
  readonly key: string
  readonly case: string
  readonly point: Point
  readonly repeat: number
  readonly block: number
  readonly position: number
  readonly phase: RunPhase
}

/** A planned run and what became of it. */
export interface CampaignRun extends PlannedRun {
  readonly runId: string | null
  readonly status: RunStatus | "planned" | "skipped"
  /** Of a finished run; null before. */
  readonly validity: "valid" | "suspect" | "invalid" | null
  readonly durationMs: number | null
}

/** How sure it is that a cell is slower, over all cells: Holm, then Benjamini-Hochberg. */
export type Tier = "confirmed" | "likely" | "noise"

/** A gate of a cell, with the waiver that excuses it for now. */
export interface CellGate extends GateResult {
  /** What it judges, such as `e2e_latency_ms.p95`; null for parity. */
  readonly metric: string | null
  /** What `value` is: candidate / baseline, or the candidate's own in the unit of what is judged. */
  readonly scale: "ratio" | "value"
  readonly waiver: string | null
  /** Null for a gate that has no p-value. */
  readonly tier: Tier | null
}

/** One candidate against the baseline, in one case at one point. */
export interface CampaignCell {
  /** The case of the suite's file. */
  readonly case: string
  readonly point: Point
  /** A backend of the campaign, or the name of a stored baseline; null: the candidate alone is held to limits. */
  readonly baseline: string | null
  readonly candidate: string
  /** Stored when the campaign is at rest; null before. */
  readonly comparisonId: string | null
  /** Null: not compared yet. */
  readonly outcome: Outcome | null
  readonly sentence: string | null
  /** What would settle an inconclusive one. */
  readonly wouldDecide: string | null
  /** Usable runs of the baseline and of the candidate. */
  readonly usable: readonly [number, number]
  readonly gates: readonly CellGate[]
  /** The gated metrics, and those that a figure of throughput against latency needs; values as baseline, candidate. */
  readonly metrics: readonly MetricDelta[]
}

export interface CampaignProgress {
  readonly done: number
  readonly total: number
  readonly elapsedMs: number
  /** Null where nothing is known yet, or nothing is left. */
  readonly etaMs: number | null
}

/** One launch of a suite on backends. */
export interface Campaign {
  readonly id: string
  readonly suite: string
  readonly version: number
  readonly status: CampaignStatus
  readonly createdAt: string
  readonly finishedAt: string | null
  readonly backends: readonly string[]
  /** Where the numbers of its runs come from; several where some are a mock's. */
  readonly provenances: readonly Provenance[]
  /** Name of the stored baseline that it is compared with; null: with its own first backend. */
  readonly against: string | null
  readonly seed: number
  /** Whether its repeats were doubled because they did not decide. */
  readonly extended: boolean
  /** Why it ended before its plan did. */
  readonly stopped: string | null
  /** Measured runs, as `succeeded` and `failed`. */
  readonly planned: number
  readonly succeeded: number
  readonly failed: number
  readonly progress: CampaignProgress
  readonly runs: readonly CampaignRun[]
  readonly skipped: readonly SkippedRun[]
  readonly cells: readonly CampaignCell[]
  /** Ids of the comparisons of the cells. */
  readonly comparisons: readonly string[]
  /** Null while it runs, and while it rests but for one that could not go on. */
  readonly verdict: Verdict | null
}

/** How a campaign was asked for, besides its suite. */
export interface CampaignOptions {
  /** Name of the stored baseline that each backend's runs are compared with; null: the first backend is the baseline. */
  readonly against: string | null
  /** Its verdict decides something: mocks are refused, and nothing falls back to one. */
  readonly gate: boolean
  readonly allowMock: boolean
  /** Doubles the repeats once where they did not decide. */
  readonly untilDecided: boolean
  /** Overrides how the backends are run; null: as each is configured. */
  readonly adapterMode: "auto" | "bench" | "mock" | null
}

/** What lasts of a campaign besides its runs. */
export interface CampaignRecord {
  readonly id: string
  readonly createdAt: string
  readonly suite: Suite
  readonly backends: readonly string[]
  /** What each backend was when it began, without secrets; missing where an older studio began it. */
  readonly settings?: { readonly [backend: string]: JsonObject }
  readonly options: CampaignOptions
  readonly plan: Plan
  readonly status: CampaignStatus
  readonly state: CampaignState
}

export interface CampaignState {
  readonly finishedAt: string | null
  /** Spent in it until `since`, over all sittings. */
  readonly activeMs: number
  /** From when on the present sitting is not in `activeMs`; null: nobody is at it. */
  readonly since: string | null
  readonly extended: boolean
  readonly stopped: string | null
  readonly cells: readonly CampaignCell[]
  readonly verdict: Verdict | null
}
