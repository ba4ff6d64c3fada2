import { once } from "node:events"
import { request } from "node:http"
import { createServer, type AddressInfo } from "node:net"
import { createClient, readLiveEntry } from "@sglang-studio/core/contract"
import type { LiveEntry } from "@sglang-studio/core/domain"
import type { Studio } from "@sglang-studio/core"
import { describe, expect, onTestFinished, test } from "vitest"
import { serveStudio, type ServeOptions } from "../../src/server/serve.ts"
import { openTestStudio, scoreRequest } from "./setup.ts"

const serve = async (studio: Studio, options: Partial<ServeOptions> = {}) => {
  const server = await serveStudio({ studio, version: "1.2.3", uiDir: "/nowhere", port: 0, ...options })
  onTestFinished(() => server.close())
  return server
}

const open = async () => {
  const studio = await openTestStudio()
  const { url, close } = await serve(studio)
  return { studio, url, close, api: createClient({ origin: url }) }
}

/** Reads an event stream entry by entry. */
async function* follow(
  url: string,
  headers: Record<string, string> = {}
): AsyncGenerator<{ id: number; entry: LiveEntry; data: string }> {
  const response = await fetch(url, { headers })
  expect(response.headers.get("content-type")).toContain("text/event-stream")
  let text = ""
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    text += chunk
    const messages = text.split("\n\n")
    text = messages.pop() ?? ""
    for (const message of messages) {
      const data = /^data: (.*)$/m.exec(message)?.[1]
      if (data !== undefined) yield { id: Number(/^id: (.*)$/m.exec(message)?.[1]), entry: readLiveEntry(data), data }
    }
  }
}

const collect = async <T>(items: AsyncIterable<T>): Promise<readonly T[]> => {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}

const isDone = ({ entry: { event } }: { readonly entry: LiveEntry }) =>
  event.type === "status" && event.status === "succeeded"

describe("events", () => {
  test("of a run come in order, small, and end with it", async () => {
    const { api, url } = await open()
    const run = await api.submitRun({ backend: "a", request: scoreRequest })
    const seen = await collect(follow(`${url}/api/v1/runs/${run.id}/events`))
    expect(seen.map(({ id }) => id)).toEqual(seen.map(({ entry }) => entry.seq))
    expect(seen.map(({ id }) => id)).toEqual(seen.map(({ id }) => id).toSorted((x, y) => x - y))
    expect(seen[0]?.entry).toMatchObject({ runId: run.id, event: { type: "created" } })
    expect(seen.some(isDone)).toBe(true)
    for (const { entry } of seen)
      if (["probed", "result"].includes(entry.event.type)) expect(Object.keys(entry.event)).toEqual(["type"])
    expect(seen.find(({ entry }) => entry.event.type === "created")?.entry.event).toEqual({
      type: "created",
      campaign: null
    })
  })

  test("go on after the last one that was seen", async () => {
    const { studio, api, url } = await open()
    const run = await api.submitRun({ backend: "a", request: scoreRequest })
    await studio.runs.wait(run.id)
    const path = `${url}/api/v1/runs/${run.id}/events`
    const all = (await collect(follow(path))).map(({ id }) => id)
    expect((await collect(follow(path, { "last-event-id": String(all[1]) }))).map(({ id }) => id)).toEqual(all.slice(2))
    expect((await collect(follow(`${path}?after=${all[1]}`))).map(({ id }) => id)).toEqual(all.slice(2))
    expect((await fetch(path, { headers: { "last-event-id": String(all.at(-1)) } })).status).toBe(204)
  })

  test("of all runs are told to whoever listens, and to whoever comes back", async () => {
    const { api, url } = await open()
    const stream = follow(`${url}/api/v1/events?after=0`)
    const first = await api.submitRun({ backend: "a", request: scoreRequest })
    let last = 0
    for await (const message of stream) {
      last = message.id
      if (message.entry.runId === first.id && isDone(message)) break
    }
    const second = await api.submitRun({ backend: "b", request: scoreRequest })
    for await (const message of follow(`${url}/api/v1/events`, { "last-event-id": String(last) })) {
      expect(message.id).toBeGreaterThan(last)
      if (message.entry.runId === second.id && isDone(message)) break
    }
  })
})

test("a browser's client calls every operation by its name", async () => {
  const { studio, api } = await open()
  const run = await api.submitRun({ backend: "a", request: scoreRequest, tags: ["x"] })
  const done = await studio.runs.wait(run.id)
  expect(await api.getRun({ id: run.id })).toEqual(done)
  expect((await api.listRuns({ limit: 1, tag: "x" })).items).toHaveLength(1)
  expect((await api.annotateRun({ id: run.id, pinned: true })).pinned).toBe(true)
  expect(await api.health()).toEqual({ status: "ok", version: "1.2.3", schemaVersion: 1 })
  await expect(api.getRun({ id: "nope" })).rejects.toMatchObject({
    _tag: "ApiError",
    problem: { status: 404, code: "not-found" }
  })
})

test("a client whose server is gone says so", async () => {
  const { api, close } = await open()
  await close()
  await expect(api.health()).rejects.toMatchObject({ problem: { code: "unreachable" } })
})

describe("the listening server", () => {
  const ask = async (url: string, headers: Record<string, string>) => {
    const [response] = await once(request(`${url}/api/v1/runs`, { headers }).end(), "response")
    response.resume()
    return [response.statusCode, response.headers["content-type"]]
  }

  test("answers for its own names only", async () => {
    const { url } = await open()
    const { port } = new URL(url)
    expect(await ask(url, { host: `localhost:${port}` })).toEqual([200, "application/json"])
    expect(await ask(url, { host: "evil" })).toEqual([403, "application/problem+json"])
    expect(await ask(url, { host: `evil:${port}` })).toEqual([403, "application/problem+json"])
  })

  test("says that a body is too large before it has come whole", async () => {
    const { url } = await open()
    const sent = request(`${url}/api/v1/runs`, {
      method: "POST",
      headers: { "content-type": "application/json", "content-length": 64 * 1024 * 1024 }
    })
    sent.on("error", () => {})
    sent.write("[")
    const [response] = await once(sent, "response")
    expect(response.statusCode).toBe(413)
    sent.destroy()
  })

  test("closes at once though somebody listens to events", async () => {
    const { api, url, close } = await open()
    const { id } = await api.submitRun({ backend: "stuck", request: scoreRequest })
    const streams = [follow(`${url}/api/v1/events?after=0`), follow(`${url}/api/v1/runs/${id}/events`)]
    for (const stream of streams) await stream.next()
    const rest = Promise.all(streams.map((stream) => collect(stream)))
    await close()
    await rest
  })

  test("moves on from a taken port, unless told not to", async () => {
    const blocker = createServer().listen(0, "127.0.0.1")
    await once(blocker, "listening")
    onTestFinished(() => void blocker.close())
    const { port } = blocker.address() as AddressInfo
    const studio = await openTestStudio()
    expect(Number(new URL((await serve(studio, { port })).url).port)).toBeGreaterThan(port)
    await expect(serve(studio, { port, strictPort: true })).rejects.toMatchObject({ code: "address-in-use" })
  })

  test("wants a token before it listens beyond this machine", async () => {
    const studio = await openTestStudio()
    await expect(serve(studio, { host: "0.0.0.0" })).rejects.toMatchObject({ code: "token-required", path: "host" })
    await expect(serve(studio, { host: "203.0.113.7", token: "x" })).rejects.toMatchObject({ code: "address" })
  })
})

describe("a body", () => {
  /** What fetch would add of itself is left to the test. */
  const send = async (url: string, method: string, headers: Record<string, string>, pieces: readonly string[] = []) => {
    const outgoing = request(url, { method, headers: { "content-type": "application/json", ...headers } })
    // A server that has refused what comes may close the connection on the rest.
    outgoing.on("error", () => {})
    for (const piece of pieces) outgoing.write(piece)
    outgoing.end()
    const [incoming] = await once(outgoing, "response")
    incoming.resume()
    return incoming.statusCode
  }

  test("may be missing where an operation takes nothing", async () => {
    const { api, url, studio } = await open()
    const run = await api.submitRun({ backend: "a", request: scoreRequest })
    await studio.runs.wait(run.id)
    expect(await send(`${url}/api/v1/runs/${run.id}/cancel`, "POST", {})).toBe(200)
    expect(await send(`${url}/api/v1/runs/${run.id}/repeat`, "POST", {})).toBe(201)
    await studio.cases.add({ name: "c", prompt: "p", tolerance: null, tags: [] })
    expect(await send(`${url}/api/v1/cases/c`, "DELETE", {})).toBe(200)
    expect(await studio.cases.list()).toEqual([])
  })

  test("may come in pieces, as long as they are not too many", async () => {
    const { url } = await open()
    const chunked = { "transfer-encoding": "chunked" }
    expect(await send(`${url}/api/v1/cases`, "POST", chunked, ['{"name":"c",', '"prompt":"p"}'])).toBe(201)
    const piece = "x".repeat(1024 * 1024)
    const many = Array.from({ length: 33 }, () => piece)
    expect(await send(`${url}/api/v1/cases`, "POST", chunked, ['"', ...many])).toBe(413)
  })
})
