import { isFinished, type Run } from "../domain/run.ts"

/** A run whose numbers must not pass: it failed, has not finished, or is invalid. */
export interface UnfitRun {
  readonly arm: string
  readonly runId: string
  readonly why: "unfinished" | "failed" | "invalid"
  readonly message: string
}

/** Null for a run whose numbers count. */
export const unfitness = (arm: string, run: Run): UnfitRun | null => {
  if (!isFinished(run.status))
    return { arm, runId: run.id, why: "unfinished", message: `the run is still ${run.status}` }
  if (run.status !== "succeeded")
    return { arm, runId: run.id, why: "failed", message: run.error?.message ?? `the run was ${run.status}` }
  if (run.validity.outcome !== "invalid") return null
  const finding = run.validity.findings.find(({ severity }) => severity === "error")
  return { arm, runId: run.id, why: "invalid", message: finding?.message ?? "the run is invalid" }
}
