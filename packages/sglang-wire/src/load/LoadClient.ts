import { isAdapterError } from "@sglang-studio/core/adapter"
import * as plain from "node:http"
import * as secure from "node:https"
import { readScores } from "../answers.ts"
import { brokenConnection } from "../brokenConnection.ts"
import type { SglangConfig } from "../config.ts"
import { excerpt, parseLooseObject } from "../looseJson.ts"
import type { LoadRequest } from "./requests.ts"
import { makeStreamScan, numberAfter } from "./StreamScan.ts"

/** How one request went. Times in milliseconds of `performance.now()`. */
export interface Exchange {
  readonly sentAt: number
  readonly firstTokenAt: number | null
  /** The last token's arrival; of an answer in one piece, its end. */
  readonly answeredAt: number
  readonly gaps: readonly number[] | null
  readonly outputTokens: number | null
  /** Prompt tokens that the server took from its cache; null: it does not say. */
  readonly cachedTokens: number | null
  /** Graphs that had to be compiled for it; null: the server does not say. */
  readonly compileMisses: number | null
  readonly error: string | null
  /** It was given up on, since nothing came for too long. */
  readonly timedOut: boolean
}

/**
 * Servers keep an idle connection for seconds. One that breaks sooner after its last answer was broken for the request,
 * and that is a failure; one that had rested for this long was most likely closed as the request was on its way.
 */
const restedMs = 1000

/** Sends requests and times them; never throws for what a server does. */
export interface LoadClient {
  send(request: LoadRequest): Promise<Exchange>
  /** Breaks what is under way. */
  close(): void
}

export const openLoadClient = (config: SglangConfig, timeoutMs: number): LoadClient => {
  const base = new URL(config.url)
  const client = base.protocol === "https:" ? secure : plain
  // The connection that was used last is the least likely one to be closed by the server just now.
  const kept = new client.Agent({ keepAlive: true, maxSockets: Infinity, maxFreeSockets: 8192, scheduling: "lifo" })
  const fresh = new client.Agent({ keepAlive: false, maxSockets: Infinity })
  const target = {
    protocol: base.protocol,
    hostname: base.hostname.replace(/^\[|\]$/g, ""),
    port: base.port,
    method: "POST"
  }
  const root = base.pathname.replace(/\/+$/, "")
  const headers = {
    "content-type": "application/json",
    ...(config.api_key === undefined ? {} : { authorization: `Bearer ${config.api_key}` })
  }
  let closed = false
  let agent = kept
  /** Whether the server ever answered twice on one connection; one that does not closes each without a word. */
  let keeps = false
  /** When each kept connection was used last. */
  const usedAt = new WeakMap<object, number>()
  const send = (load: LoadRequest, again = false): Promise<Exchange> =>
    new Promise((resolve) => {
      const sentAt = performance.now()
      const { path, body, bodyBytes } = load
      let timedOut = false
      let hasRested = false
      const end = (exchange: Exchange) => resolve(timedOut ? { ...exchange, timedOut } : exchange)
      const request = client.request(
        { ...target, agent, path: `${root}${path}`, headers: { ...headers, "content-length": bodyBytes } },
        (response) => {
          const { socket } = response
          keeps ||= request.reusedSocket
          response.on("close", () => usedAt.set(socket, performance.now()))
          follow(response, load, sentAt, end)
        }
      )
      request.on("socket", (socket) => (hasRested = sentAt - (usedAt.get(socket) ?? sentAt) > restedMs))
      request.setTimeout(timeoutMs, () => {
        timedOut = true
        request.destroy(new Error(`nothing came for ${timeoutMs / 1000} s`))
      })
      request.on("error", (cause: NodeJS.ErrnoException) => {
        // Most likely the server never saw this request, so it is sent anew, once. What `close` breaks looks the same.
        const isUnseen = request.reusedSocket && cause.code === "ECONNRESET" && (hasRested || !keeps)
        if (isUnseen && !keeps) agent = fresh
        if (isUnseen && !again && !closed) send(load, true).then(resolve)
        else end(failed(sentAt, brokenConnection(cause, config.url, `POST ${path}`).message))
      })
      request.end(body)
    })
  const close = () => {
    closed = true
    kept.destroy()
    fresh.destroy()
  }
  return { send: (load) => send(load), close }
}

const follow = (
  response: plain.IncomingMessage,
  request: LoadRequest,
  sentAt: number,
  resolve: (exchange: Exchange) => void
): void => {
  const isStream = response.statusCode === 200 && response.headers["content-type"]?.startsWith("text/event-stream")
  response.on("error", (cause) => resolve(failed(sentAt, `the connection broke: ${cause.message}`)))
  if (isStream === true) return followStream(response, sentAt, resolve)
  const chunks: Buffer[] = []
  response.on("data", (chunk: Buffer) => chunks.push(chunk))
  response.on("end", () => {
    const answeredAt = performance.now()
    const text = Buffer.concat(chunks).toString("utf8")
    if (response.statusCode !== 200) return resolve(failed(sentAt, `${response.statusCode}: ${excerpt(text)}`))
    resolve({
      ...timed(sentAt, answeredAt),
      error: request.path === "/generate" ? `no stream: ${excerpt(text)}` : faultIn(text, request)
    })
  })
}

/** Why an answer to `/v1/score` is none; null where it has a probability for each label of each item. */
const faultIn = (text: string, { items, labels }: Pick<LoadRequest, "items" | "labels">): string | null => {
  try {
    const { value } = parseLooseObject(text, "the answer")
    if (!Array.isArray(value["scores"])) return `no scores: ${excerpt(text)}`
    readScores(value, items, labels)
    return null
  } catch (cause) {
    if (isAdapterError(cause)) return cause.message
    throw cause
  }
}

const followStream = (response: plain.IncomingMessage, sentAt: number, resolve: (exchange: Exchange) => void): void => {
  const scan = makeStreamScan()
  response.on("data", (chunk: Buffer) => scan.push(chunk, performance.now()))
  response.on("end", () => {
    const { firstTokenAt, lastTokenAt, gaps, tokens, lastEvent, error, done } = scan.result()
    resolve({
      sentAt,
      firstTokenAt,
      answeredAt: lastTokenAt ?? performance.now(),
      gaps,
      outputTokens: tokens,
      cachedTokens: numberAfter(lastEvent, '"cached_tokens":'),
      compileMisses: numberAfter(lastEvent, '"cache_miss_count":'),
      timedOut: false,
      error: error ?? (!done ? "the stream ended before its end mark" : tokens === 0 ? "no token came" : null)
    })
  })
}

const timed = (sentAt: number, answeredAt: number): Omit<Exchange, "error"> => ({
  sentAt,
  firstTokenAt: null,
  answeredAt,
  gaps: null,
  outputTokens: null,
  cachedTokens: null,
  compileMisses: null,
  timedOut: false
})

const failed = (sentAt: number, error: string): Exchange => ({ ...timed(sentAt, performance.now()), error })
