import type { Scenario } from "./Scenario.ts"
import { shake } from "./shake.ts"

/**
 * What follows a cached prefix of `at` tokens reads a wrong page: logits are off by up to `value` until the cache is
 * flushed.
 */
export const cacheDependent: Scenario = {
  name: "cache-dependent",
  plants: "a result that differs on a prefix-cache hit",
  keys: { value: 1, at: 4 },
  behave: ({ value, at }, seed) => ({
    logits: (logits, { context, position, cached }) =>
      cached && position >= at ? shake(logits, value, context, 0xcac4e + seed) : logits
  })
}
