import { signal } from "@preact/signals"
import type { Comparison } from "@sglang-studio/core/domain"
import { api } from "../api/client.ts"
import { comparisonById } from "./comparisons.ts"

/** Checks under way, as `COMPARISON CASE ACTION`. */
export const confirming = signal<ReadonlySet<string>>(new Set())

export const checkKey = (comparisonId: string, name: string, action: string): string =>
  `${comparisonId} ${name} ${action}`

/** Makes a check that a comparison suggests; the comparison that knows what it showed, the same one where nothing was left to do. */
export const confirmCause = async (comparisonId: string, name: string, action: string): Promise<Comparison> => {
  const key = checkKey(comparisonId, name, action)
  confirming.value = new Set([...confirming.peek(), key])
  try {
    const made = await api.confirmComparison({ id: comparisonId, case: name, actions: [action] })
    comparisonById(made.id).set(made)
    return made
  } finally {
    confirming.value = new Set([...confirming.peek()].filter((one) => one !== key))
  }
}
