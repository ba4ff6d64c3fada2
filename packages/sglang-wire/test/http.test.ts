import { createServer, type Socket } from "node:net"
import { afterEach, describe, expect, test } from "vitest"
import { openHttp } from "../src/http.ts"

const call = { signal: AbortSignal.timeout(10_000), silenceMs: 10_000 }
const cleanUps: (() => void)[] = []
afterEach(() => cleanUps.splice(0).forEach((cleanUp) => cleanUp()))

/** A server that sees the raw connection; `onRequest` gets each request's number on its connection. */
const rawServer = async (onRequest: (socket: Socket, nth: number, text: string) => void): Promise<string> => {
  const server = createServer((socket) => {
    let count = 0
    socket.on("error", () => {})
    socket.on("data", (chunk) => onRequest(socket, (count += 1), chunk.toString()))
  })
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening))
  cleanUps.push(() => server.close())
  const address = server.address()
  return `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`
}

const ok = (body: string) =>
  `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`

describe("one connection, many questions", () => {
  test("a connection that the server closed while idle is no failure: the question is asked anew", async () => {
    const url = await rawServer((socket, nth) => (nth === 1 ? socket.write(ok("{}")) : socket.resetAndDestroy()))
    const http = openHttp({ url })
    cleanUps.push(http.close)
    for (let question = 0; question < 3; question += 1)
      expect(await http.get("/x", call)).toMatchObject({ status: 200, text: "{}" })
  })

  test("a connection that breaks on its first question is the server's death", async () => {
    const url = await rawServer((socket) => socket.resetAndDestroy())
    const http = openHttp({ url })
    cleanUps.push(http.close)
    await expect(http.get("/x", call)).rejects.toMatchObject({ reason: "crashed" })
  })

  test("silence has a bound", async () => {
    const url = await rawServer(() => {})
    const http = openHttp({ url })
    cleanUps.push(http.close)
    await expect(http.get("/x", { ...call, silenceMs: 20 })).rejects.toMatchObject({ reason: "timeout" })
  })

  test("the key and the path of the address go along", async () => {
    const { promise, resolve } = Promise.withResolvers<string>()
    const url = await rawServer((socket, _, text) => (resolve(text), socket.write(ok("{}"))))
    const http = openHttp({ url: `${url}/prefix/`, api_key: "k-123456" })
    cleanUps.push(http.close)
    await http.post("/x", { a: 1 }, call)
    expect(await promise).toMatch(/^POST \/prefix\/x HTTP\/1.1\r\n(.*\r\n)*authorization: Bearer k-123456\r\n/i)
  })
})
