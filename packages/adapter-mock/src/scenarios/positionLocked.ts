import type { Scenario } from "./Scenario.ts"
import { shake } from "./shake.ts"

/** From position `at` on logits are off by up to `value`, as when a cache switches its format or a chunk border is missed. */
export const positionLocked: Scenario = {
  name: "position-locked",
  plants: "an error from a fixed index on",
  keys: { at: 64, value: 0.3 },
  behave: ({ at, value }, seed) => ({
    logits: (logits, { position, context }) => (position < at ? logits : shake(logits, value, context, 0xface + seed))
  })
}
