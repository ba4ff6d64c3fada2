import type { Scenario } from "./Scenario.ts"

/** Every sixth prompt is never sent, as upstream's dataset sampler does with texts that do not survive re-encoding. */
export const dropped: Scenario = {
  name: "dropped",
  plants: "prompts that are never sent",
  keys: {},
  behave: () => ({ samples: (samples) => samples.filter((_, index) => index % 6 !== 4) })
}
