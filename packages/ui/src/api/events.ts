import { decode, LiveEntry } from "@sglang-studio/core/codec"
import { urlOf } from "@sglang-studio/core/contract"
import type { LiveEntry as Entry } from "@sglang-studio/core/domain"

const read = decode(LiveEntry)

export interface EventHandlers {
  readonly onEntry: (entry: Entry) => void
  readonly onOpen: () => void
  readonly onDrop: () => void
}

const eventNames = [
  "message", "created", "status", "probed", "fallback", "progress", "log", "token", "finding", "artifact", "trace", "result", "annotated"
]

/** Follows the event stream of all runs; the browser reconnects and resumes after the last event by itself. Returns the way to stop. */
export const followEvents = ({ onEntry, onOpen, onDrop }: EventHandlers): (() => void) => {
  const source = new EventSource(urlOf("events", {}))
  source.addEventListener("open", onOpen)
  source.addEventListener("error", onDrop)
  for (const name of eventNames) {
    source.addEventListener(name, (message: MessageEvent<string>) => onEntry(read(JSON.parse(message.data))))
  }
  return () => source.close()
}
