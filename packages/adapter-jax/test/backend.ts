import { readExchanges, replayOf, type Exchange } from "@sglang-studio/sglang-wire/testing"
import { fileURLToPath } from "node:url"
import { jaxAdapter } from "../src/index.ts"

export const golden = (name: string): string => fileURLToPath(new URL(`golden/${name}`, import.meta.url))

/** Everything that a real SGLang-JAX was asked by this adapter, with its answers. */
export const { recorded, against, replayed } = replayOf(
  jaxAdapter,
  readExchanges(new URL("golden/exchanges.jsonl", import.meta.url))
)

export const json = (method: string, path: string, body: unknown, status = 200): Exchange => ({
  method,
  path,
  status,
  type: "application/json",
  body: typeof body === "string" ? body : JSON.stringify(body)
})
