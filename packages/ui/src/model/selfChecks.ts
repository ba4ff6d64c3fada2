import { api } from "../api/client.ts"
import { loaded, type Loaded } from "./load.ts"
import type { ConsistencyReport } from "@sglang-studio/core/domain"

const cache = new Map<string, Loaded<{ readonly items: readonly ConsistencyReport[] }>>()

/** What a backend said of itself, newest first. */
export const selfChecksOf = (name: string): Loaded<{ readonly items: readonly ConsistencyReport[] }> => {
  const known = cache.get(name) ?? loaded(() => api.listSelfChecks({ name }))
  cache.set(name, known)
  return known
}
