import { signal } from "@preact/signals"

const key = "studio-filters"

const read = (): readonly string[] => {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key) ?? "[]")
    return Array.isArray(stored) ? stored.filter((one) => typeof one === "string") : []
  } catch {
    return []
  }
}

/** Filters of runs that this browser keeps, the newest first. */
export const savedFilters = signal<readonly string[]>(read())

/** Keeps a filter, or forgets a kept one. */
export const toggleSavedFilter = (text: string): void => {
  const before = savedFilters.peek()
  savedFilters.value = before.includes(text) ? before.filter((one) => one !== text) : [text, ...before]
  localStorage.setItem(key, JSON.stringify(savedFilters.peek()))
}
