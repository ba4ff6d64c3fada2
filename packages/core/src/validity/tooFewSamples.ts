import type { Sample } from "../domain/sample.ts"
import type { Finding } from "../domain/validity.ts"

/** Requests from which a percentile carries a judgement: ten beyond it. */
const needed = { p90: 100, p95: 200, p99: 1000 }

/** Percentiles that the answered requests of a run are too few to judge. */
export const tooFewSamples = (samples: readonly Sample[]): readonly Finding[] => {
  const n = samples.filter(({ error }) => error === null).length
  const weak = Object.entries(needed).filter(([, least]) => n < least)
  if (weak.length === 0) return []
  return [
    {
      code: "too-few-samples",
      severity: n < needed.p95 ? "warning" : "info",
      message: `${n} answered requests carry no judgement on ${weak.map(([name, least]) => `${name} (needs ${least})`).join(", ")}.`,
      evidence: { n, needed: Object.fromEntries(weak) }
    }
  ]
}
