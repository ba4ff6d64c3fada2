import type { Finding } from "../domain/validity.ts"
import { valuesNeeded } from "../math/valuesNeeded.ts"

const tails = { p90: valuesNeeded(0.9), p95: valuesNeeded(0.95), p99: valuesNeeded(0.99) }

/** Percentiles that `n` answered requests are too few to judge. */
export const tooFewSamples = (n: number): readonly Finding[] => {
  const weak = Object.entries(tails).filter(([, least]) => n < least)
  if (weak.length === 0) return []
  return [
    {
      code: "too-few-samples",
      severity: n < tails.p95 ? "warning" : "info",
      message: `${n} answered requests carry no judgement on ${weak.map(([name, least]) => `${name} (needs ${least})`).join(", ")}.`,
      evidence: { n, needed: Object.fromEntries(weak) }
    }
  ]
}
