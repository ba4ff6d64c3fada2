import { bestTwo } from "../model/languageModel.ts"
import type { Logits } from "../model/logits.ts"
import type { Scenario } from "./Scenario.ts"

/** Two best tokens that are no further apart than `value` change places, as another order of summation can make them. */
export const nearTie: Scenario = {
  name: "near-tie",
  plants: "greedy tokens that flip where two are nearly tied",
  keys: { value: 0.006 },
  behave: ({ value }) => ({ logits: (logits) => swapTied(logits, value) })
}

const swapTied = (logits: Logits, widest: number): Logits => {
  const [best, second] = bestTwo(logits.values)
  const [bestValue = 0, secondValue = 0] = [logits.values[best], logits.values[second]]
  if (bestValue - secondValue > widest) return logits
  const values = logits.values.slice()
  values[best] = secondValue
  values[second] = bestValue
  return { ...logits, values }
}
