import type { GateResult, MetricDelta } from "./comparison.ts"
import type { PlannedRun, Point, RunPhase, SkippedRun } from "./plan.ts"
import type { RunStatus } from "./run.ts"
import type { Outcome, Verdict } from "./verdict.ts"

/** `interrupted`: the process that ran it is gone; like `paused` and `cancelled` it can be resumed. */
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
  readonly waiver: string | null
  /** Null for a gate that has no p-value. */
  readonly tier: Tier | null
}

/** One candidate against the baseline, in one case at one point. */
export interface CampaignCell {
  readonly case: string
  readonly point: Point
  readonly baseline: string
  readonly candidate: string
  /** Null: not compared yet. */
  readonly comparisonId: string | null
  readonly outcome: Outcome | null
  readonly sentence: string | null
  /** Usable runs of the baseline and of the candidate. */
  readonly usable: readonly [number, number]
  readonly gates: readonly CellGate[]
  /** The gated metrics, and those that a figure of throughput against latency needs. */
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
  /** Name of the stored baseline that it is compared with; null: with its own first backend. */
  readonly against: string | null
  readonly seed: number
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
  /** Null until it has ended. */
  readonly verdict: Verdict | null
}
