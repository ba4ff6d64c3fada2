import { Worker } from "node:worker_threads"

/** A server on a thread of its own that answers everything with the same bytes at once. */
export interface ConstantServer extends AsyncDisposable {
  readonly url: string
}

/** `tokens` events of one token each for `/generate`, one row of scores for everything else. */
export const startConstantServer = async (tokens: number): Promise<ConstantServer> => {
  // As a text, so that it needs no file of its own beside a bundle.
  const worker = new Worker(`(${serve.toString()})()`, { eval: true, workerData: { tokens } })
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  worker.once("message", resolve)
  worker.once("error", reject)
  const port = await promise
  return {
    url: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: async () => void (await worker.terminate())
  }
}

/** Runs in the worker, where it sees nothing of this module. */
const serve = () => {
  const { createServer } = process.getBuiltinModule("node:http")
  const { parentPort, workerData } = process.getBuiltinModule("node:worker_threads")
  const { tokens }: { readonly tokens: number } = workerData
  const events = Array.from({ length: tokens }, (_, index) => {
    const count = index + 1
    const meta = { id: "constant", finish_reason: null, prompt_tokens: 16, completion_tokens: count, cached_tokens: 0 }
    return `data: ${JSON.stringify({ text: " a".repeat(count), output_ids: [261], meta_info: meta })}\n\n`
  })
  const stream = Buffer.from([...events, "data: [DONE]\n\n"].join(""))
  const scores = Buffer.from(JSON.stringify({ scores: [[0.5, 0.5]], object: "scoring" }))
  const server = createServer((request, response) => {
    request.resume()
    request.on("end", () => {
      const isStream = request.url === "/generate"
      const body = isStream ? stream : scores
      const type = isStream ? "text/event-stream" : "application/json"
      response.writeHead(200, { "content-type": type, "content-length": body.length })
      response.end(body)
    })
  })
  server.listen(0, "127.0.0.1", () => {
    const address = server.address()
    parentPort?.postMessage(typeof address === "object" ? address?.port : null)
  })
}
