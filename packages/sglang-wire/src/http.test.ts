import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { expect, onTestFinished, test } from "vitest"
import { openHttp } from "./http.ts"

test("a stream whose last bytes come after [DONE] ends, and its connection is used again", async () => {
  const ports = new Set<number | undefined>()
  const server = createServer((request, response) => {
    ports.add(request.socket.remotePort)
    response.writeHead(200, { "content-type": "text/event-stream" })
    response.write('data: {"n": 1}\n\ndata: [DONE]\n\n')
    // As SGLang does: the end of the answer is a packet of its own.
    setTimeout(() => response.end(), 20)
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  onTestFinished(() => void server.close())

  const { port } = server.address() as AddressInfo
  const http = openHttp({ url: `http://127.0.0.1:${port}` })
  onTestFinished(() => http.close())
  for (let round = 0; round < 3; round++) {
    const answer = await http.events("/generate", {}, { signal: AbortSignal.timeout(5000), silenceMs: 5000 })
    const events: string[] = []
    if (!("status" in answer)) for await (const data of answer) events.push(data)
    expect(events).toEqual(['{"n": 1}'])
  }
  expect(ports.size).toBe(1)
})
