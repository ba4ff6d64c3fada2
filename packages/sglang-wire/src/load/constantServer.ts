import { Worker } from "node:worker_threads"

/** A server on a thread of its own that answers everything with the same bytes at once. */
export interface ConstantServer extends AsyncDisposable {
  readonly url: string
}

/** `tokens` events of one token each for `/generate`, the scores for everything else. */
export const startConstantServer = async (
  tokens: number,
  scores: readonly (readonly number[])[] = [[0.5, 0.5]]
): Promise<ConstantServer> => {
  // As a text, so that it needs no file of its own beside a bundle.
  const worker = new Worker(`(${serve.toString()})()`, { eval: true, workerData: { tokens, scores } })
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  worker.once("message", resolve)
  worker.once("error", reject)
  const port = await promise
  return {
    url: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: async () => void (await worker.terminate())
  }
}

/**
 * Runs in the worker, where it sees nothing of this module. Speaks just enough HTTP for requests with a length, so that
 * it takes as little of the machine from the client as can be.
 */
const serve = () => {
  const { createServer } = process.getBuiltinModule("node:net")
  const { parentPort, workerData } = process.getBuiltinModule("node:worker_threads")
  const { tokens, scores }: { readonly tokens: number; readonly scores: unknown } = workerData
  const events = Array.from({ length: tokens }, (_, index) => {
    const count = index + 1
    const meta = { id: "constant", finish_reason: null, prompt_tokens: 16, completion_tokens: count, cached_tokens: 0 }
    return `data: ${JSON.stringify({ text: " a".repeat(count), output_ids: [261], meta_info: meta })}\n\n`
  })
  const answer = (type: string, body: string) =>
    Buffer.from(`HTTP/1.1 200 OK\r\ncontent-type: ${type}\r\ncontent-length: ${body.length}\r\n\r\n${body}`)
  const stream = answer("text/event-stream", [...events, "data: [DONE]\n\n"].join(""))
  const other = answer("application/json", JSON.stringify({ scores, object: "scoring" }))

  const server = createServer({ noDelay: true }, (socket) => {
    let rest = ""
    socket.on("error", () => {})
    socket.on("data", (chunk) => {
      rest += chunk.toString("latin1")
      for (;;) {
        const head = rest.indexOf("\r\n\r\n")
        if (head === -1) return
        const length = Number(/\r\ncontent-length: *(\d+)/i.exec(rest.slice(0, head))?.[1] ?? 0)
        const end = head + 4 + length
        if (rest.length < end) return
        socket.write(rest.startsWith("POST /generate ") ? stream : other)
        rest = rest.slice(end)
      }
    })
  })
  server.listen(0, "127.0.0.1", () => {
    const address = server.address()
    parentPort?.postMessage(typeof address === "object" ? address?.port : null)
  })
}
