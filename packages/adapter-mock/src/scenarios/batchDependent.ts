import { mix, unit } from "../model/hash.ts"
import type { Scenario } from "./Scenario.ts"
import { shake } from "./shake.ts"

/**
 * Rows after the first of a batch attend to the wrong cache slots, as an aliased host buffer does to a real engine.
 * Logits are off by up to `value`; how far is each row's luck.
 */
export const batchDependent: Scenario = {
  name: "batch-dependent",
  plants: "a row's result depends on its batch",
  keys: { value: 6 },
  behave: ({ value }, seed) => ({
    logits: (logits, { context, row, batch }) => {
      if (row === 0) return logits
      const fault = mix(mix(row, batch), seed)
      return shake(logits, value * (0.4 + 0.6 * unit(fault)), context, fault)
    }
  })
}
