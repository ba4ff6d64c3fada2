import type { Metric } from "../domain/metric.ts"
import type { Sample } from "../domain/sample.ts"
import type { Finding } from "../domain/validity.ts"
import { paceOf } from "./Pace.ts"
import { steadiness } from "./steadiness.ts"
import { tooFewSamples } from "./tooFewSamples.ts"

interface Requests {
  readonly samples: readonly Sample[]
  readonly metrics: { readonly [name: string]: Metric }
}

/**
 * What the requests of a run say of whether its figures can be trusted, beyond what was told already: their number where
 * that is all that is known of them, and nothing where not even that is.
 */
export const sampleFindings = (requests: Requests, told: readonly Finding[] = []): readonly Finding[] => {
  const pace = paceOf(requests.samples)
  const n = answeredOf(requests)
  const found = [...(pace === null ? [] : steadiness(pace)), ...(n === null ? [] : tooFewSamples(n))]
  return found.filter(({ code }) => !told.some((finding) => finding.code === code))
}

/** What a benchmark calls completed may hold requests that failed unseen, which its samples tell. */
const answeredOf = ({ samples, metrics }: Requests): number | null =>
  samples.length > 0 ? samples.filter(({ error }) => error === null).length : (metrics["completed"]?.value ?? null)
