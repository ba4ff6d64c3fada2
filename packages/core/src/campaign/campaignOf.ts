import type { Campaign, CampaignRecord, CampaignRun } from "../domain/campaign.ts"
import { durationOf, durationsOf, finishedRuns, type MadeRun } from "./finishedRuns.ts"
import { progressOf } from "./progress.ts"

/** A campaign as it is shown: its record with what became of each planned run. */
export const campaignOf = (record: CampaignRecord, made: readonly MadeRun[], now: number): Campaign => {
  const { id, suite, status, createdAt, backends, options, plan, state } = record
  const runs = runsOf(record, made)
  const measured = runs.filter(({ phase }) => phase === "measured")
  return {
    id,
    suite: suite.suite,
    version: suite.version,
    status,
    createdAt,
    finishedAt: state.finishedAt,
    backends,
    provenances: [...new Set(made.map(({ provenance }) => provenance))].toSorted(),
    against: options.against,
    seed: plan.seed,
    extended: state.extended,
    stopped: state.stopped,
    planned: measured.length,
    succeeded: measured.filter((run) => run.status === "succeeded").length,
    failed: measured.filter((run) => run.status === "failed").length,
    progress: progressOf(record, durationsOf(made), now),
    runs,
    skipped: [
      ...plan.skipped,
      ...runs
        .filter((run) => run.status === "skipped")
        .map(({ key }) => ({ key, reason: state.stopped ?? "the campaign ended" }))
    ],
    cells: state.cells,
    comparisons: state.cells.flatMap(({ comparisonId }) => comparisonId ?? []),
    verdict: state.verdict
  }
}

const runsOf = ({ plan, state }: CampaignRecord, made: readonly MadeRun[]): readonly CampaignRun[] => {
  const done = finishedRuns(made)
  const latest = new Map(made.flatMap((run) => (run.campaign === null ? [] : [[run.campaign.key, run] as const])))
  const without = state.stopped === null ? "planned" : "skipped"
  return plan.runs.map((planned): CampaignRun => {
    const run = done.get(planned.key) ?? (state.stopped === null ? latest.get(planned.key) : undefined)
    if (run === undefined) return { ...planned, runId: null, status: without, validity: null, durationMs: null }
    const isDone = done.has(planned.key)
    return {
      ...planned,
      runId: run.id,
      status: run.status,
      validity: isDone ? run.validity : null,
      durationMs: isDone ? durationOf(run) : null
    }
  })
}
