import type { Sample } from "../domain/sample.ts"
import type { Finding } from "../domain/validity.ts"
import { paceOf } from "./Pace.ts"
import { steadiness } from "./steadiness.ts"
import { tooFewSamples } from "./tooFewSamples.ts"

/**
 * What the single requests of a benchmark say of whether its figures can be trusted, beyond what was told already;
 * nothing where there are none.
 */
export const sampleFindings = (samples: readonly Sample[], told: readonly Finding[] = []): readonly Finding[] => {
  if (samples.length === 0) return []
  const pace = paceOf(samples)
  const found = [...(pace === null ? [] : steadiness(pace)), ...tooFewSamples(samples)]
  return found.filter(({ code }) => !told.some((finding) => finding.code === code))
}
