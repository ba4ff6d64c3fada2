import type { MaskChoice } from "@sglang-studio/core/adapter"
import type { Scenario } from "./Scenario.ts"

export const everyMask: readonly MaskChoice["preset"][] = [
  "none",
  "causal",
  "bidirectional-prefix",
  "doc-isolation",
  "custom"
]

/** Takes any attention mask and attends causally: only the numbers, which no mask moves, give it away. */
export const maskIgnored: Scenario = {
  name: "mask-ignored",
  plants: "a mask that is taken and not applied",
  keys: {},
  behave: () => ({ masks: everyMask })
}
