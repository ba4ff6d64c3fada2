import { isFinished, type Run } from "../domain/run.ts"

/** A run whose numbers must not pass: it failed, has not finished, or is invalid. */
export interface UnfitRun {
  readonly arm: string
  readonly runId: string
  readonly why: "unfinished" | "failed" | "invalid"
  readonly message: string
  /** What to change where asking again cannot help; null where it can. */
  readonly fix: string | null
}

/** Failures that another run of the same meets again. */
const lasting: ReadonlySet<string> = new Set([
  "invalid-request",
  "unreachable",
  "not-installed",
  "not-this-engine",
  "unsupported"
])

/** Null for a run whose numbers count. */
export const unfitness = (arm: string, run: Run): UnfitRun | null => {
  const { id: runId, status, error } = run
  if (!isFinished(status)) return { arm, runId, why: "unfinished", message: `the run is still ${status}`, fix: null }
  if (status !== "succeeded") {
    const fix = error !== null && lasting.has(error.code) ? error.hint : null
    return { arm, runId, why: "failed", message: error?.message ?? `the run was ${status}`, fix }
  }
  if (run.validity.outcome !== "invalid") return null
  const finding = run.validity.findings.find(({ severity }) => severity === "error")
  return { arm, runId, why: "invalid", message: finding?.message ?? "the run is invalid", fix: null }
}
