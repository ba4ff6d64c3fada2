import { bell, mix } from "../model/hash.ts"
import { mapLogits, type Logits } from "../model/logits.ts"

/** Moves every logit by up to `size`: what one `fault` does at one place, anew at every other. */
export const shake = (logits: Logits, size: number, context: number, fault: number): Logits => {
  const here = mix(context, fault)
  return mapLogits(logits, (logit, key) => logit + size * bell(mix(here, key)))
}
