import { query, setQuery } from "../../shell/router.ts"

/** The marked runs in the order of marking; they are in the address, and so hold from page to page. */
export interface Marked {
  readonly ids: readonly string[]
  toggle(id: string): void
  /** Marks all of these, or none of them where all are marked. */
  toggleAll(ids: readonly string[]): void
  clear(): void
}

export const useMarked = (): Marked => {
  const ids = (query.value.get("select") ?? "").split(",").filter(Boolean)
  const set = (next: readonly string[]) => setQuery({ select: next.length === 0 ? null : next.join(",") })
  return {
    ids,
    toggle: (id) => set(ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id]),
    toggleAll: (all) =>
      set(all.every((id) => ids.includes(id)) ? ids.filter((id) => !all.includes(id)) : [...new Set([...ids, ...all])]),
    clear: () => set([])
  }
}
