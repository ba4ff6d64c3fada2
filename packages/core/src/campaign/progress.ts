import type { CampaignProgress, CampaignRecord } from "../domain/campaign.ts"
import type { Plan, PlannedRun } from "../domain/plan.ts"
import { estimateMs } from "../suite/estimate.ts"

/** How far a campaign is, and how long the rest will take, from the runs that it has made. */
export const progressOf = (
  { plan, state }: Pick<CampaignRecord, "plan" | "state">,
  done: ReadonlyMap<string, number>,
  now: number
): CampaignProgress => {
  const left = state.stopped === null ? plan.runs.filter(({ key }) => !done.has(key)) : []
  return {
    done: plan.runs.filter(({ key }) => done.has(key)).length,
    total: plan.runs.length,
    elapsedMs: elapsedMs(state, now),
    etaMs: left.length === 0 ? null : done.size === 0 ? plan.estimateMs : expectedMs(plan, left, done)
  }
}

/** Time that was spent in it, pauses left out. */
export const elapsedMs = (
  { activeMs, since }: Pick<CampaignRecord["state"], "activeMs" | "since">,
  now: number
): number => activeMs + (since === null ? 0 : Math.max(0, now - Date.parse(since)))

/** How long runs of a plan will take, from how long its finished ones took; null: none has finished. */
export const expectedMs = (
  plan: Plan,
  runs: readonly PlannedRun[],
  done: ReadonlyMap<string, number>
): number | null => {
  const made = plan.runs.filter(({ key }) => done.has(key))
  const all = estimateMs([...made, ...runs], (key) => done.get(key) ?? null)
  return all === null ? null : Math.max(0, all - made.reduce((sum, { key }) => sum + (done.get(key) ?? 0), 0))
}
