import type { CauseRule } from "./Cause.ts"

/**
 * A side answers otherwise on a prefix-cache hit: flushing the cache changes the answer, or a repeat (which finds the
 * prompt cached) differs while the flushed run does not.
 */
export const cacheDependent: CauseRule = ({ selfChecks }) => {
  const off = selfChecks.filter(({ isOff }) => isOff)
  const flushed = off.filter(({ kind }) => kind === "flushed")
  const repeated = off.filter(
    ({ kind, arm, case: name }) =>
      kind === "repeat" &&
      selfChecks.some((other) => other.kind === "flushed" && other.arm === arm && other.case === name && !other.isOff)
  )
  const [worst] = [...flushed, ...repeated].sort((a, b) => b.maxAbs - a.maxAbs)
  if (worst === undefined) return null
  return {
    cause: "cache-dependent",
    evidence: {
      arm: worst.arm,
      case: worst.case,
      max_abs_delta: worst.maxAbs,
      flushed_differs: flushed.length,
      repeat_differs: repeated.length
    },
    confirm: ["flush cache and retry", "repeat"]
  }
}
