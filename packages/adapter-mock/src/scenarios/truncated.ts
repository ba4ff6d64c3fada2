import type { Scenario } from "./Scenario.ts"

/** Only the last `value` tokens of a prompt are seen, without a word about it. */
export const truncated: Scenario = {
  name: "truncated",
  plants: "only the last input tokens are seen",
  keys: { value: 16 },
  behave: ({ value }) => ({ see: (ids) => ids.slice(-Math.max(1, Math.floor(value))) })
}
