import type { SelfCheck } from "../selfChecks.ts"
import { isCacheEffect } from "./cacheDependent.ts"
import type { CauseRule } from "./Cause.ts"

/**
 * A side answers the same request otherwise in other company: a prompt beside others, an item alone or in another row.
 * Scores sent one by one show it themselves; traces need the probe.
 */
export const batchDependent: CauseRule = ({ selfChecks }) => {
  const found = selfChecks.filter((check) => check.isOff && isBatchEffect(check, selfChecks))
  const [worst] = found.toSorted((a, b) => b.maxAbs - a.maxAbs)
  if (worst === undefined) return null
  return {
    cause: "batch-dependent",
    evidence: {
      arm: worst.arm,
      case: worst.case,
      sent: worst.kind,
      max_abs_delta: worst.maxAbs,
      cases: new Set(found.map(({ runIds: [run] }) => run)).size
    },
    confirm: ["batch of 1", "fresh server"]
  }
}

/** A prompt that was sent alone has to be steady alone; a batch of items need not be. */
const isBatchEffect = (check: SelfCheck, all: readonly SelfCheck[]): boolean => {
  if (isCacheEffect(check, all)) return false
  if (check.kind === "batch-of-1" || check.kind === "permuted") return true
  return (
    check.kind === "batched" && !all.some((other) => isSame(other, check) && other.kind === "repeat" && other.isOff)
  )
}

const isSame = (a: SelfCheck, b: SelfCheck): boolean => a.arm === b.arm && a.runIds[0] === b.runIds[0]
