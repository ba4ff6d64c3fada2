import type { Json } from "@sglang-studio/core/domain"
import { createServer, type ServerResponse } from "node:http"
import { isDeepStrictEqual } from "node:util"
import type { Exchange } from "./Exchange.ts"

export interface ReplayServer extends AsyncDisposable {
  readonly url: string
  /** What was asked so far, in order. */
  readonly asked: readonly { readonly method: string; readonly path: string; readonly request: Json | undefined }[]
}

/**
 * Answers as a recorded server did: the first exchange whose method, path and body are those of the question. One
 * without `request` answers any body. Unknown paths are 404, as the engines answer them; an unknown POST body is a
 * failure of the test and says so.
 */
export const replayServer = async (exchanges: readonly Exchange[]): Promise<ReplayServer> => {
  const asked: { method: string; path: string; request: Json | undefined }[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request
      .on("data", (chunk: Buffer) => chunks.push(chunk))
      .on("end", () => {
        const { method = "", url: path = "" } = request
        const text = Buffer.concat(chunks).toString()
        const body: Json | undefined = text === "" ? undefined : JSON.parse(text)
        asked.push({ method, path, request: body })
        answer(response, find(exchanges, method, path, body))
      })
  })
  const { promise, resolve } = Promise.withResolvers<void>()
  server.listen(0, "127.0.0.1", resolve)
  await promise
  const address = server.address()
  const port = typeof address === "object" && address !== null ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    }
  }
}

const find = (exchanges: readonly Exchange[], method: string, path: string, body: Json | undefined): Exchange => {
  const there = exchanges.filter((exchange) => exchange.method === method && exchange.path === path)
  const match = there.find(({ request }) => request === undefined || isDeepStrictEqual(request, body))
  if (match !== undefined) return match
  return there.length === 0
    ? { method, path, status: 404, type: "application/json", body: '{"detail":"Not Found"}' }
    : { method, path, status: 501, type: "text/plain", body: `not recorded: ${method} ${path} ${JSON.stringify(body)}` }
}

const answer = (response: ServerResponse, { status, type, body, broken }: Exchange): void => {
  response.writeHead(status, { "content-type": type })
  if (broken !== true) {
    response.end(body)
  } else if (body === "") {
    // Headers must be on their way before the connection breaks.
    response.flushHeaders()
    response.socket?.end(() => response.destroy())
  } else {
    response.write(body, () => response.destroy())
  }
}
