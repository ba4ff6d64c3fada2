import type { Scenario } from "./Scenario.ts"

/** Log-probabilities are those of logits divided by `value`, and are passed off as raw. */
export const temperature: Scenario = {
  name: "temperature",
  plants: "log-softmax of scaled logits",
  keys: { value: 0.7 },
  behave: ({ value }) => ({ logits: (logits) => ({ ...logits, temperature: logits.temperature * value }) })
}
