import { bell, mix } from "../model/hash.ts"
import { mapLogits } from "../model/logits.ts"
import type { Scenario } from "./Scenario.ts"

/** As if one layer's weights had been multiplied by `value`: every logit moves a little, tokens mostly stay. */
export const perturbed: Scenario = {
  name: "perturbed",
  plants: "other weights",
  keys: { value: 1.02 },
  behave: ({ value }, seed) => ({
    logits: (logits, { context }) =>
      mapLogits(logits, (logit, key) => logit + 1.5 * (value - 1) * bell(mix(mix(context, key), 0xdecade + seed)))
  })
}
