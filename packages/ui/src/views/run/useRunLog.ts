import { isFinished, type LiveEntry, type RunStatus } from "@sglang-studio/core/domain"
import { useEffect, useState } from "preact/hooks"
import { followRun } from "../../api/events.ts"

export interface StatusChange {
  readonly status: RunStatus
  readonly at: string
}

/** A run's own log: what it went through, what it wrote, what it generated so far. */
export interface RunLog {
  readonly history: readonly StatusChange[]
  readonly lines: readonly string[]
  readonly streamed: string
}

const empty: RunLog = { history: [], lines: [], streamed: "" }

/** Lines kept in the page; the artifact has them all. */
const mostLines = 2000

export const useRunLog = (id: string): RunLog => {
  const [log, setLog] = useState<RunLog>(empty)
  useEffect(() => {
    setLog(empty)
    let waiting: LiveEntry[] = []
    // A long log arrives as thousands of messages; one redraw a frame takes them together.
    let frame = 0
    const flush = () => {
      frame = 0
      const entries = waiting
      waiting = []
      setLog((before) => entries.reduce(add, before))
    }
    const stop = followRun(id, {
      onEntry: (entry) => {
        waiting.push(entry)
        if (frame === 0) frame = requestAnimationFrame(flush)
        // The server ends the stream of a finished run; without this the browser would ask for it again for ever.
        if (entry.event.type === "status" && isFinished(entry.event.status)) stop()
      }
    })
    return () => {
      stop()
      cancelAnimationFrame(frame)
    }
  }, [id])
  return log
}

const add = (log: RunLog, { at, event }: LiveEntry): RunLog => {
  switch (event.type) {
    case "created":
      return { ...log, history: [...log.history, { status: "queued", at }] }
    case "status":
      return { ...log, history: [...log.history, { status: event.status, at }] }
    case "log":
      return { ...log, lines: [...log.lines, event.line].slice(-mostLines) }
    case "token":
      return { ...log, streamed: log.streamed + (event.text ?? ` #${event.id}`) }
    default:
      return log
  }
}
