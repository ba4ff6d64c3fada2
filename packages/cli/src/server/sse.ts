import { encode, LiveEntry } from "@sglang-studio/core/codec"
import { toLive, type RunLogEntry } from "@sglang-studio/core/domain"
import type { Context } from "hono"
import { streamSSE } from "hono/streaming"

const heartbeatMs = 15_000
const reconnectMs = 1_000
const toWire = encode(LiveEntry)

/**
 * Sends log entries as server-sent events, each under its sequence number, until they end, the reader goes away or the
 * server stops. Comments in between keep proxies from closing a quiet connection.
 */
export const sendEvents = (
  c: Context,
  stopping: AbortSignal,
  follow: (signal: AbortSignal) => AsyncIterable<RunLogEntry>
): Response => {
  // Its body would be thrown away, and nobody would say that the reader is gone.
  if (c.req.method === "HEAD") return c.body(null, 200, { "content-type": "text/event-stream" })
  const response = streamSSE(c, async (stream) => {
    const gone = new AbortController()
    stream.onAbort(() => gone.abort())
    const signal = AbortSignal.any([gone.signal, stopping])
    const heartbeat = setInterval(() => stream.write(": quiet\n\n"), heartbeatMs)
    try {
      await stream.write(`retry: ${reconnectMs}\n\n`)
      for await (const entry of follow(signal)) {
        if (signal.aborted) break
        await stream.writeSSE({ id: String(entry.seq), data: JSON.stringify(toWire(toLive(entry))) })
      }
    } catch (error) {
      // The reader resumes by itself after the last event it has seen.
      if (!signal.aborted) console.error(error)
    } finally {
      clearInterval(heartbeat)
      gone.abort()
    }
  })
  // A connection that has carried a stream is not reused, so that closing the server need not wait for it.
  response.headers.set("connection", "close")
  return response
}

/** The event after which to go on: the browser's own header before the query, or undefined from a first-time reader. */
export const resumeAfter = (c: Context, after: number | undefined): number | undefined => {
  const last = c.req.header("last-event-id")
  return last !== undefined && /^\d+$/.test(last) ? Number(last) : after
}
