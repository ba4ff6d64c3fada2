import { bestTwo } from "../model/languageModel.ts"
import type { Logits } from "../model/logits.ts"
import type { Scenario } from "./Scenario.ts"

/** Log-odds that two correct engines may disagree on. */
const tieGap = 0.006

/** Where the two best tokens are nearly tied they change places, as another order of summation can make them do. */
export const nearTie: Scenario = {
  name: "near-tie",
  plants: "greedy tokens that flip where two are nearly tied",
  keys: {},
  behave: () => ({ logits: swapTied })
}

const swapTied = (logits: Logits): Logits => {
  const [best, second] = bestTwo(logits.values)
  const [bestValue = 0, secondValue = 0] = [logits.values[best], logits.values[second]]
  if (bestValue - secondValue > tieGap) return logits
  const values = logits.values.slice()
  values[best] = secondValue
  values[second] = bestValue
  return { ...logits, values }
}
