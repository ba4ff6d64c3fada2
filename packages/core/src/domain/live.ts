import type { RunLogEntry, RunLogEvent } from "./event.ts"

type Heavy = Extract<RunLogEvent, { readonly type: "created" | "probed" | "result" }>

/** An event as live streams carry it: a heavy one is told by name, and whoever wants its content fetches the run. */
export type LiveEvent = Exclude<RunLogEvent, Heavy> | { readonly type: Heavy["type"] }

export interface LiveEntry extends Omit<RunLogEntry, "event"> {
  readonly event: LiveEvent
}

export const toLive = (entry: RunLogEntry): LiveEntry => ({ ...entry, event: lighten(entry.event) })

const lighten = (event: RunLogEvent): LiveEvent => {
  switch (event.type) {
    case "created":
    case "probed":
    case "result":
      return { type: event.type }
    default:
      return event
  }
}
