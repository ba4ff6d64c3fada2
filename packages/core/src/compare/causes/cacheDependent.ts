import type { SelfCheck } from "../selfChecks.ts"
import type { CauseRule } from "./Cause.ts"

/** A side answers otherwise when its prompt is already cached. */
export const cacheDependent: CauseRule = ({ selfChecks }) => {
  const found = selfChecks.filter((check) => check.isOff && isCacheEffect(check, selfChecks))
  const [worst] = found.toSorted((a, b) => b.maxAbs - a.maxAbs)
  if (worst === undefined) return null
  return {
    cause: "cache-dependent",
    evidence: {
      arm: worst.arm,
      case: worst.case,
      max_abs_delta: worst.maxAbs,
      flushed_differs: found.filter(({ kind }) => kind === "flushed").length,
      repeat_differs: found.filter(({ kind }) => kind === "repeat").length
    },
    confirm: ["flush cache and retry", "repeat"]
  }
}

/**
 * Whether the cache explains this check: the run had found its prompt cached, so that only flushing changes the answer;
 * or it had not, so that a repeat changes it and a flushed run does not. A side that differs in both is not steady.
 */
export const isCacheEffect = ({ arm, runIds: [run] }: SelfCheck, all: readonly SelfCheck[]): boolean => {
  const own = all.filter((other) => other.arm === arm && other.runIds[0] === run)
  const isOff = (kind: SelfCheck["kind"]) => own.some((other) => other.kind === kind && other.isOff)
  const isSteady = (kind: SelfCheck["kind"]) => own.some((other) => other.kind === kind) && !isOff(kind)
  return isOff("flushed") ? !isOff("repeat") : isOff("repeat") && isSteady("flushed")
}
