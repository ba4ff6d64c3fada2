import { readLiveEntry, urlOf } from "@sglang-studio/core/contract"
import type { LiveEntry } from "@sglang-studio/core/domain"

export interface EventHandlers {
  readonly onEntry: (entry: LiveEntry) => void
  readonly onOpen?: () => void
  readonly onDrop?: () => void
}

/** Follows an event stream; the browser reconnects and resumes after the last event by itself. Returns the way to stop. */
const follow = (address: string, { onEntry, onOpen, onDrop }: EventHandlers): (() => void) => {
  const source = new EventSource(address)
  source.addEventListener("message", (message: MessageEvent<string>) => onEntry(readLiveEntry(message.data)))
  if (onOpen) source.addEventListener("open", onOpen)
  if (onDrop) source.addEventListener("error", onDrop)
  return () => source.close()
}

/** What happens to any run, from now on. */
export const followAll = (handlers: EventHandlers): (() => void) => follow(urlOf("events", {}), handlers)

/** Everything that has happened to one run, then what happens next. */
export const followRun = (id: string, handlers: EventHandlers): (() => void) =>
  follow(urlOf("runEvents", { id }), handlers)
