/** A value of a matrix axis. */
export type AxisValue = string | number | boolean

/** One combination of a suite's matrix: a value for each axis that the case uses. */
export type Point = { readonly [axis: string]: AxisValue }

/** `warmup`: run for what it does to the backend; its figures are kept and never judged. */
export type RunPhase = "warmup" | "measured"

/** One run that a campaign is to make. */
export interface PlannedRun {
  /** Names the run within its suite, from campaign to campaign: a mock draws from it, and history is found by it. */
  readonly key: string
  readonly case: string
  readonly point: Point
  readonly backend: string
  /** From 1, within its phase. */
  readonly repeat: number
  /** From 1. A block holds one repeat of everything, so that the arms of one block ran close together. */
  readonly block: number
  /** From 1, within the block. */
  readonly position: number
  readonly phase: RunPhase
}

export interface SkippedRun {
  /** Of a run, or without the repeat of all runs of a case at a point on a backend. */
  readonly key: string
  readonly reason: string
}

/** What a campaign will do, in order. The same suite, backends and history give the same bytes. */
export interface Plan {
  readonly suite: string
  readonly seed: number
  readonly runs: readonly PlannedRun[]
  /** From earlier campaigns of the suite; null where there is none. */
  readonly estimateMs: number | null
  readonly skipped: readonly SkippedRun[]
}

/** `concurrency=16,dtype=float32`; empty for a point without axes. No two points have the same. */
export const pointText = (point: Point): string =>
  Object.keys(point)
    .sort()
    .map((axis) => `${axis}=${valueText(point[axis])}`)
    .join(",")

/** What is compared: a case at a point. */
export const cellKey = (name: string, point: Point): string => {
  const at = pointText(point)
  return at === "" ? name : `${name}/${at}`
}

/** A text that could be taken for something else stands in quotes. */
const valueText = (value: AxisValue | undefined): string =>
  typeof value === "string" && !/^(?!(?:true|false)$)[A-Za-z][\w.+:-]*$/u.test(value)
    ? JSON.stringify(value)
    : String(value)
