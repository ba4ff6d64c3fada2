import type { Plan, PlannedRun } from "../domain/plan.ts"
import type { Looks } from "./looks.ts"
import { expectedMs } from "./progress.ts"

/** Where a campaign stands. */
export interface Situation {
  readonly plan: Plan
  /** How long each finished run took, by key, in ms. */
  readonly done: ReadonlyMap<string, number>
  /** Index in the plan before which every run is finished. */
  readonly from: number
  readonly looks: Looks
  /** Whether every gate of every cell is decided by what is there. */
  readonly decided: boolean
  /** Whether more repeats could decide a gate that is open. */
  readonly openToRepeats: boolean
  readonly untilDecided: boolean
  /** Whether its repeats were doubled. */
  readonly extended: boolean
  /** Somebody asked for a pause. */
  readonly paused: boolean
  readonly wall: { readonly limitMs: number | null; readonly spentMs: number }
}

export type Step =
  | { readonly _tag: "run"; readonly run: PlannedRun }
  /** Double the repeats of what is not decided. */
  | { readonly _tag: "extend" }
  /** Leave the rest for later. */
  | { readonly _tag: "pause" }
  /** A reason where it ends before its plan does. */
  | { readonly _tag: "stop"; readonly reason: string | null }

/** What a campaign does next. */
export const nextStep = (situation: Situation): Step => {
  const { plan, done, from, openToRepeats, untilDecided, extended } = situation
  const next = plan.runs[firstUnfinished(plan, done, from)]
  if (next === undefined)
    return untilDecided && !extended && openToRepeats ? { _tag: "extend" } : { _tag: "stop", reason: null }
  if (situation.paused) return { _tag: "pause" }
  const reason = decidedEarly(next, situation) ?? beyondWall(next, situation)
  return reason === null ? { _tag: "run", run: next } : { _tag: "stop", reason }
}

/** Index of the first run that is not finished; the length of the plan where all are. */
export const firstUnfinished = ({ runs }: Plan, done: { has(key: string): boolean }, from: number): number => {
  let index = from
  for (let run = runs[index]; run !== undefined && done.has(run.key); run = runs[index]) index++
  return index
}

/** Only at a look that was set before: not whenever chance makes it look decided. */
const decidedEarly = (next: PlannedRun, { plan, looks, decided, untilDecided }: Situation): string | null => {
  const [first = 0, last] = looks.after
  if (untilDecided || last === undefined || !decided || next.block !== first + 1) return null
  const isFirst = plan.runs.find(({ block }) => block === next.block)?.key === next.key
  return isFirst ? `every gate was decided after ${first} of ${last} repeats` : null
}

/** A run whose like is not known yet may begin as long as there is time. */
const beyondWall = (next: PlannedRun, { plan, done, wall: { limitMs, spentMs } }: Situation): string | null => {
  if (limitMs === null) return null
  return spentMs + (expectedMs(plan, [next], done) ?? 0) <= limitMs ? null : `beyond the budget of ${clock(limitMs)}`
}

const clock = (ms: number): string => (ms < 60_000 ? `${ms / 1000} s` : `${Math.round(ms / 6000) / 10} min`)
