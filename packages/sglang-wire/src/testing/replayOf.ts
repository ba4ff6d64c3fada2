import type { Adapter } from "@sglang-studio/core/adapter"
import type { Exchange } from "./Exchange.ts"
import { fakePython } from "./fakePython.ts"
import { replayServer } from "./replayServer.ts"
import { adapterUnder } from "./tried.ts"

export type Replayed = Awaited<ReturnType<ReturnType<typeof replayOf>["replayed"]>>

/** An adapter on servers that answer with what was recorded. */
export const replayOf = (adapter: Adapter, recorded: readonly Exchange[]) => {
  /** On a server that knows nothing else. */
  const against = async (exchanges: readonly Exchange[], settings: object = {}) => {
    const server = await replayServer(exchanges)
    const under = adapterUnder(adapter, { url: server.url, python: fakePython, ...settings })
    return { ...under, server, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() }
  }
  /** On a server that replays the recording; what is given first answers first. */
  const replayed = (first: readonly Exchange[] = [], settings: object = {}) =>
    against([...first, ...recorded], settings)
  return { recorded, against, replayed }
}
