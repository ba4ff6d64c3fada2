import type { Arm, Comparison } from "@sglang-studio/core/domain"
import { api } from "../api/client.ts"
import { loaded, type Loaded } from "./load.ts"

const cache = new Map<string, Loaded<Comparison>>()

/** A stored comparison; it never changes, so it is fetched once. */
export const comparisonById = (id: string): Loaded<Comparison> => {
  const known = cache.get(id)
  if (known !== undefined) return known
  const comparison = loaded(() => api.getComparison({ id }))
  cache.set(id, comparison)
  return comparison
}

/** Compares and stores; the first arm is the baseline. */
export const compareArms = async (arms: readonly Arm[]): Promise<Comparison> => {
  const comparison = await api.compare({ arms })
  comparisonById(comparison.id).set(comparison)
  return comparison
}
