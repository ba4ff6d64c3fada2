import { readExchanges, replayOf } from "@sglang-studio/sglang-wire/testing"
import { fileURLToPath } from "node:url"
import { pytorchAdapter } from "../src/index.ts"

export const golden = (name: string): string => fileURLToPath(new URL(`golden/${name}`, import.meta.url))

/** Everything that a real SGLang PyTorch was asked by this adapter, with its answers. */
export const { recorded, replayed } = replayOf(
  pytorchAdapter,
  readExchanges(new URL("golden/exchanges.jsonl", import.meta.url))
)
