import type { Scenario } from "./Scenario.ts"
import { shake } from "./shake.ts"

/** As if one layer's weights had been multiplied by `value`: every logit moves a little, tokens mostly stay. */
export const perturbed: Scenario = {
  name: "perturbed",
  plants: "other weights",
  keys: { value: 1.02 },
  behave: ({ value }, seed) => ({
    logits: (logits, { context }) => shake(logits, 1.5 * (value - 1), context, 0xdecade + seed)
  })
}
