import {
  adapterUnder,
  fakePython,
  readExchanges,
  replayServer,
  type Exchange
} from "@sglang-studio/sglang-wire/testing"
import { fileURLToPath } from "node:url"
import { jaxAdapter } from "../src/index.ts"

export const golden = (name: string): string => fileURLToPath(new URL(`golden/${name}`, import.meta.url))

/** Everything that a real SGLang-JAX was asked by this adapter, with its answers. */
export const recorded = readExchanges(new URL("golden/exchanges.jsonl", import.meta.url))

/** The adapter on a server that replays the recording; what is given first answers first. */
export const replayed = async (first: readonly Exchange[] = [], settings: object = {}) => {
  const server = await replayServer([...first, ...recorded])
  const under = adapterUnder(jaxAdapter, { url: server.url, python: fakePython, ...settings })
  return { ...under, server, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() }
}

/** The adapter on a server of another kind. */
export const against = async (exchanges: readonly Exchange[], settings: object = {}) => {
  const server = await replayServer(exchanges)
  const under = adapterUnder(jaxAdapter, { url: server.url, python: fakePython, ...settings })
  return { ...under, server, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() }
}

export const json = (method: string, path: string, body: unknown, status = 200): Exchange => ({
  method,
  path,
  status,
  type: "application/json",
  body: typeof body === "string" ? body : JSON.stringify(body)
})
