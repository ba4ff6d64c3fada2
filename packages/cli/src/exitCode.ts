import type { Outcome, Run } from "@sglang-studio/core/domain"

/** The documented exit codes of `studio`. */
export const exitCode = { pass: 0, fail: 1, usage: 2, inconclusive: 3, backend: 4, interrupted: 130 } as const

/** Without a gate: whether every run did what was asked. */
export function exitCodeOfRuns(runs: readonly Run[]): number {
  const unfinished = runs.filter((run) => run.status !== "succeeded")
  if (unfinished.length === 0) return exitCode.pass
  if (unfinished.some((run) => run.status === "cancelled")) return exitCode.interrupted
  return unfinished.every((run) => run.error?.code === "invalid-request") ? exitCode.usage : exitCode.backend
}

export const exitCodeOfOutcome = (outcome: Outcome): number =>
  outcome === "pass" ? exitCode.pass : outcome === "fail" ? exitCode.fail : exitCode.inconclusive
