import { createServer, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { expect, onTestFinished, test } from "vitest"
import { openLoadClient } from "../src/load/LoadClient.ts"

const request = { path: "/v1/score", body: "{}", bodyBytes: 2, inputTokens: 1, items: 1, labels: 1 } as const

/** A server that has one kept connection with its client, and what it is to do with the next requests. */
const keptAlive = async (next: (response: ServerResponse) => void) => {
  let seen = 0
  const server = createServer((incoming, response) => {
    incoming.resume().on("end", () => {
      if (seen++ > 0) return next(response)
      response.writeHead(200, { "content-type": "application/json" }).end('{"scores":[[1]]}')
    })
  })
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve))
  onTestFinished(() => void server.closeAllConnections())
  onTestFinished(() => void server.close())
  const client = openLoadClient({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }, 60_000)
  expect((await client.send(request)).error).toBeNull()
  // The connection goes back to the pool a turn later.
  await new Promise((resolve) => setImmediate(resolve))
  return { client, seen: () => seen }
}

test("what is under way when it closes is broken, and not sent again", async () => {
  const arrived = Promise.withResolvers<void>()
  const { client, seen } = await keptAlive(() => arrived.resolve())
  const answer = client.send(request)
  await arrived.promise
  client.close()
  expect((await answer).error).not.toBeNull()
  expect(seen()).toBe(2)
})

test.each([
  ['{"scores":[[0.5]]}', null],
  ['{"scores":[]}', "should hold 1 rows of scores, but has []"],
  ['{"scores":[[0.5,0.5]]}', "should hold a row of 1 scores"],
  ['{"scores":[[null]]}', "should hold a finite score"],
  ['{"scores":[[NaN]]}', "should hold a finite score"],
  ['{"scores":[[1.7]]}', "should hold probabilities, from 0 to 1"],
  ['{"object":"error"}', "no scores"]
])("of an answer to a score, %s", async (body, fault) => {
  const { client } = await keptAlive((response) => response.end(body))
  const { error } = await client.send(request)
  if (fault === null) expect(error).toBeNull()
  else expect(error).toContain(fault)
  client.close()
})

test("a request that breaks its kept connection has failed, and is not sent again", async () => {
  let answered = 0
  const { client, seen } = await keptAlive((response) => {
    if (answered++ === 0) response.end('{"scores":[[1]]}')
    else response.destroy()
  })
  expect((await client.send(request)).error).toBeNull()
  await new Promise((resolve) => setImmediate(resolve))
  expect((await client.send(request)).error).not.toBeNull()
  expect(seen()).toBe(3)
  client.close()
})

test("a server that closes every connection after its answer, without a word, fails nothing", async () => {
  const server = createServer((incoming, response) => {
    incoming.resume().on("end", () => response.end('{"scores":[[1]]}', () => response.socket?.destroy()))
  })
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve))
  onTestFinished(() => void server.close())
  const client = openLoadClient({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }, 60_000)
  for (let index = 0; index < 20; index++) expect((await client.send(request)).error).toBeNull()
  client.close()
})

test("one whose connection had rested is sent again once, and no more: the server may have closed it as idle", async () => {
  const { client, seen } = await keptAlive((response) => response.destroy())
  await new Promise((resolve) => setTimeout(resolve, 1200))
  expect((await client.send(request)).error).not.toBeNull()
  expect(seen()).toBe(3)
  client.close()
})
