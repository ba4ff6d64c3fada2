import type { RunSummary } from "../domain/run.ts"

/** What is looked at of a campaign's run. */
export type MadeRun = Pick<
  RunSummary,
  "id" | "backend" | "status" | "validity" | "createdAt" | "finishedAt" | "campaign" | "provenance"
>

/** The run of each key that is finished for good. One that was cancelled or interrupted is made again. */
export const finishedRuns = (runs: readonly MadeRun[]): ReadonlyMap<string, MadeRun> =>
  new Map(runs.flatMap((run) => (run.campaign !== null && isDone(run) ? [[run.campaign.key, run] as const] : [])))

/** From its making to its end: the start of a server that it waited for counts. */
export const durationOf = ({ createdAt, finishedAt }: Pick<MadeRun, "createdAt" | "finishedAt">): number | null =>
  finishedAt === null ? null : Date.parse(finishedAt) - Date.parse(createdAt)

/** How long the finished ones took, by key. */
export const durationsOf = (runs: readonly MadeRun[]): ReadonlyMap<string, number> =>
  new Map([...finishedRuns(runs)].map(([key, run]) => [key, durationOf(run) ?? 0]))

const isDone = ({ status }: MadeRun): boolean => status === "succeeded" || status === "failed"
