import type { RunLogEntry } from "@sglang-studio/core/domain"
import { Hono } from "hono"
import { expect, test, vi } from "vitest"
import { sendEvents } from "./sse.ts"

const entry = (seq: number): RunLogEntry => ({
  seq,
  runId: "r",
  at: "2026-01-01T00:00:00.000Z",
  event: { type: "log", line: "two\nlines" }
})

/** A log that tells some entries and then waits until it is let go; `ended` says that it was. */
const endless = (entries: readonly RunLogEntry[]) => {
  const ended = Promise.withResolvers<void>()
  const follow = async function* (signal: AbortSignal) {
    try {
      yield* entries
      await new Promise((resolve) => signal.addEventListener("abort", resolve))
    } finally {
      ended.resolve()
    }
  }
  return { follow, ended: ended.promise }
}

const appWith = (
  follow: (signal: AbortSignal) => AsyncIterable<RunLogEntry>,
  stopping = new AbortController().signal
) => new Hono().get("/", (c) => sendEvents(c, stopping, follow))

test("each entry is one message under its own number", async () => {
  const response = await appWith(async function* () {
    yield entry(7)
    yield entry(9)
  }).request("/")
  expect(await response.text()).toMatchInlineSnapshot(`
    "retry: 1000

    data: {"seq":7,"run_id":"r","at":"2026-01-01T00:00:00.000Z","event":{"type":"log","line":"two\\nlines"}}
    id: 7

    data: {"seq":9,"run_id":"r","at":"2026-01-01T00:00:00.000Z","event":{"type":"log","line":"two\\nlines"}}
    id: 9

    "
  `)
})

test("who asks for the headers alone follows nothing", async () => {
  let followed = 0
  const response = await appWith(async function* () {
    followed++
    yield entry(1)
  }).request("/", { method: "HEAD" })
  expect(response.status).toBe(200)
  expect(response.headers.get("content-type")).toBe("text/event-stream")
  expect(followed).toBe(0)
})

test("a reader that goes away lets go of the log", async () => {
  const { follow, ended } = endless([entry(1)])
  const response = await appWith(follow).request("/")
  const reader = response.body?.getReader()
  await reader?.read()
  await reader?.cancel()
  await ended
})

test("a server that stops ends the stream", async () => {
  const { follow, ended } = endless([entry(1)])
  const stopping = new AbortController()
  const response = await appWith(follow, stopping.signal).request("/")
  const text = response.text()
  stopping.abort()
  await ended
  expect(await text).toContain("retry:")
})

test("a log that breaks ends the stream, and the reader learns nothing of its insides", async () => {
  const log = vi.spyOn(console, "error").mockImplementation(() => {})
  const response = await appWith(async function* () {
    yield entry(1)
    throw new Error("disk on fire at /home/somebody")
  }).request("/")
  const text = await response.text()
  expect(text).toContain("id: 1")
  expect(text).not.toContain("disk")
  expect(log).toHaveBeenCalledOnce()
  log.mockRestore()
})

test("a quiet stream is kept open with comments", async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] })
  const { follow } = endless([])
  const response = await appWith(follow).request("/")
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  await reader?.read()
  vi.advanceTimersByTime(20_000)
  expect((await reader?.read())?.value).toBe(": quiet\n\n")
  vi.useRealTimers()
  await reader?.cancel()
})
