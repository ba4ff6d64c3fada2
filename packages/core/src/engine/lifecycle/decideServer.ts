/** What stands in the one place for a server that the studio starts. */
export type Slot<Server> =
  | { readonly _tag: "empty" }
  /** One is starting or stopping. */
  | { readonly _tag: "changing" }
  | {
      readonly _tag: "up"
      /** Which command line it was started with. */
      readonly key: string
      readonly backend: string
      readonly server: Server
      /** Runs that use it now. */
      users: number
      /** Whether a run has used it yet. */
      served: boolean
      /** It serves who uses it now, and nobody after them. */
      outdated: boolean
    }

/** What a run needs: a server of its backend, or with a null key the place empty. */
export interface Wanted {
  readonly backend: string
  readonly key: string | null
}

/** `go`: the slot is as wanted. */
export type Step = "go" | "start" | "replace" | "wait"

/**
 * What to do for a run that wants a server. Runs of one backend that wait in line go before those of another, so that
 * servers take turns as seldom as they can. `waiting` counts the runs of the present server's backend, in use or in line.
 */
export const decideServer = (
  slot: Slot<{ readonly alive: boolean }>,
  wanted: Wanted,
  waiting: (backend: string) => number
): Step => {
  if (slot._tag === "changing") return "wait"
  if (slot._tag === "empty") return wanted.key === null ? "go" : "start"
  if (slot.key === wanted.key && slot.server.alive && !slot.outdated) return "go"
  if (slot.users > 0) return "wait"
  return slot.backend !== wanted.backend && waiting(slot.backend) > 0 ? "wait" : "replace"
}
