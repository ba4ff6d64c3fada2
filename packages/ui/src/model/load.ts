import { signal, type ReadonlySignal } from "@preact/signals"
import { toProblem, type Problem } from "../api/problem.ts"

/** Something fetched: on its way, here, or failed (with what was here before, if anything). */
export type Load<T> =
  | { readonly state: "loading" }
  | { readonly state: "ready"; readonly value: T }
  | { readonly state: "failed"; readonly error: Problem; readonly last: T | null }

export interface Loaded<T> {
  readonly load: ReadonlySignal<Load<T>>
  /** Fetches again; what is shown stays until the answer is here. Calls while one is under way become one more. */
  refresh(): Promise<void>
  /** Puts a value that is known already. */
  set(value: T): void
}

/** A value behind a fetch. The first fetch starts at once. */
export const loaded = <T>(fetchValue: () => Promise<T>): Loaded<T> => {
  const load = signal<Load<T>>({ state: "loading" })
  let running: Promise<void> | null = null
  let again = false

  const once = async (): Promise<void> => {
    try {
      load.value = { state: "ready", value: await fetchValue() }
    } catch (thrown) {
      const last = lastOf(load.peek())
      load.value = { state: "failed", error: toProblem(thrown), last }
    }
  }
  const drain = async (): Promise<void> => {
    do {
      again = false
      await once()
    } while (again)
    running = null
  }
  const refresh = (): Promise<void> => {
    if (running === null) running = drain()
    else again = true
    return running
  }
  void refresh()
  return {
    load,
    refresh,
    set: (value) => {
      load.value = { state: "ready", value }
    }
  }
}

/** The value if there is one, even an outdated one. */
export const lastOf = <T>(load: Load<T>): T | null =>
  load.state === "ready" ? load.value : load.state === "failed" ? load.last : null
