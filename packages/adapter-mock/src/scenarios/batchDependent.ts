import { bell, mix } from "../model/hash.ts"
import { mapLogits } from "../model/logits.ts"
import type { Scenario } from "./Scenario.ts"

/** Rows after the first of a batch attend to the wrong cache slots, as an aliased host buffer does to a real engine. */
export const batchDependent: Scenario = {
  name: "batch-dependent",
  plants: "a row's result depends on its batch",
  keys: {},
  behave: (_, seed) => ({
    logits: (logits, { context, row, batch }) =>
      row === 0 || batch === 1
        ? logits
        : mapLogits(logits, (value, key) => value + 6 * bell(mix(mix(mix(context, key), row), batch + seed)))
  })
}
