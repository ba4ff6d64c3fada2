import type { RunLogEntry, RunLogEvent } from "./event.ts"

type Heavy = Extract<RunLogEvent, { readonly type: "created" | "probed" | "result" }>

/** An event as live streams carry it: a heavy one is told by name, and whoever wants its content fetches the run. */
export type LiveEvent =
  | Exclude<RunLogEvent, Heavy>
  | { readonly type: Exclude<Heavy["type"], "created"> }
  /** With the id of the campaign that made the run. */
  | { readonly type: "created"; readonly campaign: string | null }

export interface LiveEntry extends Omit<RunLogEntry, "event"> {
  readonly event: LiveEvent
}

export const toLive = (entry: RunLogEntry): LiveEntry => ({ ...entry, event: lighten(entry.event) })

const lighten = (event: RunLogEvent): LiveEvent => {
  switch (event.type) {
    case "created":
      return { type: event.type, campaign: event.seed.campaign?.id ?? null }
    case "probed":
    case "result":
      return { type: event.type }
    default:
      return event
  }
}
