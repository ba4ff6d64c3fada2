import { AdapterError } from "@sglang-studio/core/adapter"
import type { Json } from "@sglang-studio/core/domain"
import { createParser } from "eventsource-parser"
import * as plain from "node:http"
import * as secure from "node:https"
import type { SglangConfig } from "./config.ts"
import { brokenConnection } from "./brokenConnection.ts"

export interface Answer {
  readonly status: number
  readonly contentType: string
  readonly text: string
}

export interface Call {
  readonly signal: AbortSignal
  /** Longest silence of the server, in milliseconds. */
  readonly silenceMs: number
}

/** A keep-alive connection to one server. Fails with `AdapterError`; an abort rejects with the signal's reason. */
export interface Http {
  get(path: string, call: Call): Promise<Answer>
  post(path: string, body: Json, call: Call): Promise<Answer>
  /** The data of each server-sent event. A refusal (status other than 200) is given as `answer`. */
  events(path: string, body: Json, call: Call): Promise<Answer | AsyncIterable<string>>
  close(): void
}

const largestBodyBytes = 256 * 1024 * 1024

export const openHttp = (config: SglangConfig): Http => {
  const base = new URL(config.url)
  const client = base.protocol === "https:" ? secure : plain
  const agent = new client.Agent({ keepAlive: true, maxSockets: 8 })

  const send = (method: string, path: string, body: Json | undefined, call: Call): Promise<plain.IncomingMessage> => {
    const { promise, resolve, reject } = Promise.withResolvers<plain.IncomingMessage>()
    const text = body === undefined ? undefined : JSON.stringify(body)
    const request = client.request(
      {
        protocol: base.protocol,
        hostname: base.hostname.replace(/^\[|\]$/g, ""),
        port: base.port,
        path: `${base.pathname.replace(/\/+$/, "")}${path}`,
        method,
        agent,
        signal: call.signal,
        headers: {
          accept: "application/json, text/event-stream",
          ...(text === undefined
            ? {}
            : { "content-type": "application/json", "content-length": Buffer.byteLength(text) }),
          ...(config.api_key === undefined ? {} : { authorization: `Bearer ${config.api_key}` })
        }
      },
      resolve
    )
    request.setTimeout(call.silenceMs, () => request.destroy(silence(config.url, path, call.silenceMs)))
    request.on("error", (cause: NodeJS.ErrnoException) => {
      if (call.signal.aborted) reject(call.signal.reason)
      // The server closed an idle connection just as it was taken again: nothing was processed, so ask anew.
      else if (request.reusedSocket && cause.code === "ECONNRESET") send(method, path, body, call).then(resolve, reject)
      else reject(brokenConnection(cause, config.url, `${method} ${path}`))
    })
    request.end(text)
    return promise
  }

  const ask = async (method: string, path: string, body: Json | undefined, call: Call): Promise<Answer> =>
    readAll(await send(method, path, body, call), `${method} ${path}`, config.url, call)

  return {
    get: (path, call) => ask("GET", path, undefined, call),
    post: (path, body, call) => ask("POST", path, body, call),
    events: async (path, body, call) => {
      const response = await send("POST", path, body, call)
      return response.statusCode === 200 && contentType(response).startsWith("text/event-stream")
        ? readEvents(response, `POST ${path}`, config.url, call)
        : readAll(response, `POST ${path}`, config.url, call)
    },
    close: () => agent.destroy()
  }
}

const readAll = async (response: plain.IncomingMessage, what: string, url: string, call: Call): Promise<Answer> => {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of pieces(response, what, url, call)) {
    size += chunk.length
    if (size > largestBodyBytes) {
      response.destroy()
      throw new AdapterError({
        reason: "protocol",
        message: `${url} answered ${what} with more than ${largestBodyBytes / 2 ** 20} MiB.`,
        hint: "Ask for fewer items, shorter prompts or fewer alternatives per token."
      })
    }
    chunks.push(chunk)
  }
  return {
    status: response.statusCode ?? 0,
    contentType: contentType(response),
    text: Buffer.concat(chunks).toString("utf8")
  }
}

/**
 * Ends after `[DONE]`; a stream that ends before it means that the server died. What still comes is read to its end, so
 * that the connection can be used again: an answer that is being iterated cannot be drained in any other way.
 */
async function* readEvents(response: plain.IncomingMessage, what: string, url: string, call: Call) {
  const ready: string[] = []
  const decoder = new TextDecoder()
  const parser = createParser({ onEvent: (event) => ready.push(event.data) })
  let isDone = false
  for await (const chunk of pieces(response, what, url, call)) {
    if (isDone) continue
    parser.feed(decoder.decode(chunk, { stream: true }))
    for (const data of ready.splice(0)) {
      isDone ||= data === "[DONE]"
      if (!isDone) yield data
    }
  }
  if (isDone) return
  throw new AdapterError({
    reason: "crashed",
    message: `${url} ended its answer to ${what} before it was complete.`,
    hint: "Look at the server's own log: it probably died while it worked on this request."
  })
}

async function* pieces(response: plain.IncomingMessage, what: string, url: string, call: Call): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of response) yield chunk
  } catch (cause) {
    if (call.signal.aborted) throw call.signal.reason
    throw brokenConnection(cause, url, what)
  }
}

const contentType = (response: plain.IncomingMessage): string => response.headers["content-type"] ?? ""

const silence = (url: string, path: string, silenceMs: number): AdapterError =>
  new AdapterError({
    reason: "timeout",
    message: `${url} said nothing for ${silenceMs / 1000} s after ${path} was asked.`,
    hint: "The server may be compiling or overloaded; look at its log."
  })
