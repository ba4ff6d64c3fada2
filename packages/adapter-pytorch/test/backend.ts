import {
  adapterUnder,
  fakePython,
  readExchanges,
  replayServer,
  type Exchange
} from "@sglang-studio/sglang-wire/testing"
import { fileURLToPath } from "node:url"
import { pytorchAdapter } from "../src/index.ts"

export const golden = (name: string): string => fileURLToPath(new URL(`golden/${name}`, import.meta.url))

/** Everything that a real SGLang PyTorch was asked by this adapter, with its answers. */
export const recorded = readExchanges(new URL("golden/exchanges.jsonl", import.meta.url))

/** The adapter on a server that replays the recording; what is given first answers first. */
export const replayed = async (first: readonly Exchange[] = [], settings: object = {}) => {
  const server = await replayServer([...first, ...recorded])
  const under = adapterUnder(pytorchAdapter, { url: server.url, python: fakePython, ...settings })
  return { ...under, server, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() }
}
