import { signal } from "@preact/signals"
import type { LiveEntry } from "@sglang-studio/core/domain"
import { api } from "../api/client.ts"
import { followAll } from "../api/events.ts"
import { atMostEvery } from "./atMostEvery.ts"
import { loaded } from "./load.ts"

/** The state of the event stream. `dropped`: what is shown may be out of date until it is back. */
export const connection = signal<"connecting" | "live" | "dropped">("connecting")

export const status = loaded(() => api.status())

type Listener = (entry: LiveEntry) => void

const listeners = new Set<Listener>()
const resumed = new Set<() => void>()

/** Calls back on every event of every run. Returns the way to stop. */
export const onLive = (listener: Listener): (() => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Calls back when the stream is back after a drop: whatever was shown should be fetched again. */
export const onResume = (listener: () => void): (() => void) => {
  resumed.add(listener)
  return () => resumed.delete(listener)
}

const changesCounts = new Set(["created", "status"])
// Counts are glanced at: a campaign changes them many times a second.
const counted = atMostEvery(1000, () => void status.refresh())

/** Opens the one event stream of the page. */
export const startLive = (): void => {
  followAll({
    onOpen: () => {
      const back = connection.peek() === "dropped"
      connection.value = "live"
      if (!back) return
      void status.refresh()
      for (const listener of resumed) listener()
    },
    onDrop: () => {
      connection.value = "dropped"
    },
    onEntry: (entry) => {
      if (changesCounts.has(entry.event.type)) counted.want()
      for (const listener of listeners) listener(entry)
    }
  })
}
