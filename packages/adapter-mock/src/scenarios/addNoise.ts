import { mix, normal } from "../model/hash.ts"
import { mapLogits, type Logits } from "../model/logits.ts"
import type { Place } from "./Scenario.ts"

/** Standard deviation, in nats, of the error that a number format leaves on a logit. */
export const noiseSize = { none: 0, fp32: 1.3e-6, bf16: 0.013 } as const

/** Adds an error of this size to every logit: drawn from the seed, so that a repeat has the same. */
export const addNoise =
  (size: number, seed: number) =>
  (logits: Logits, { context }: Place): Logits => {
    if (size === 0) return logits
    const here = mix(context, seed)
    return mapLogits(logits, (logit, key) => logit + size * normal(mix(here, key)))
  }
