import { batchDependent } from "./batchDependent.ts"
import { cacheDependent } from "./cacheDependent.ts"
import type { CauseRule, Evidence, Explanation } from "./Cause.ts"
import { genuine } from "./genuine.ts"
import { inputTruncated } from "./inputTruncated.ts"
import { nearTie } from "./nearTie.ts"
import { positionLocked } from "./positionLocked.ts"
import { precision } from "./precision.ts"
import { precisionGrid } from "./precisionGrid.ts"
import { rawVsTemperature } from "./rawVsTemperature.ts"
import { templateMismatch } from "./templateMismatch.ts"
import { tokenizerMismatch } from "./tokenizerMismatch.ts"

/** From what is proven by the ids, over what the probes prove, to what is left when no pattern holds. */
export const causeRules: readonly CauseRule[] = [
  tokenizerMismatch,
  templateMismatch,
  inputTruncated,
  batchDependent,
  cacheDependent,
  nearTie,
  rawVsTemperature,
  positionLocked,
  precisionGrid,
  precision,
  genuine
]

/** Why the traces of two sides part: the first rule that holds. */
export const explain = (evidence: Evidence): Explanation => {
  for (const rule of causeRules) {
    const explanation = rule(evidence)
    if (explanation !== null) return explanation
  }
  return { cause: "unexplained", evidence: {}, confirm: ["repeat", "batch of 1", "flush cache and retry"] }
}
