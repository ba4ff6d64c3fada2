import { bell, mix } from "../model/hash.ts"
import { mapLogits } from "../model/logits.ts"
import type { Scenario } from "./Scenario.ts"

/** From position `at` on logits are off by up to `value`, as when a cache switches its format or a chunk border is missed. */
export const positionLocked: Scenario = {
  name: "position-locked",
  plants: "an error from a fixed index on",
  keys: { at: 64, value: 0.3 },
  behave: ({ at, value }, seed) => ({
    logits: (logits, { position, context }) =>
      position < at
        ? logits
        : mapLogits(logits, (logit, key) => logit + value * bell(mix(mix(context, key), 0xface + seed)))
  })
}
