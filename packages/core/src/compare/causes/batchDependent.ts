import type { CauseRule } from "./Cause.ts"

/** A side answers the same request otherwise when it is sent alone. Scores show it themselves; traces need the probe. */
export const batchDependent: CauseRule = ({ selfChecks }) => {
  const worst = selfChecks.filter(({ kind, isOff }) => kind === "batch-of-1" && isOff)
  if (worst.length === 0) return null
  const [first] = worst.sort((a, b) => b.maxAbs - a.maxAbs)
  return {
    cause: "batch-dependent",
    evidence: { arm: first!.arm, runs: worst.length, case: first!.case, max_abs_delta: first!.maxAbs },
    confirm: ["batch of 1", "fresh server"]
  }
}
