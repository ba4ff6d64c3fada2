import type { Scenario } from "./Scenario.ts"

/** Text is scored without the token that opens a sequence; ids are taken as they are. */
export const bosMissing: Scenario = {
  name: "bos-missing",
  plants: "no BOS before the prompt",
  keys: {},
  behave: () => ({ frame: (ids) => ids })
}
