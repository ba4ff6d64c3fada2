import { adapterLaws, bindVitest } from "@sglang-studio/core/testing"
import { fakePython, replayServer } from "@sglang-studio/sglang-wire/testing"
import { afterAll, describe, test } from "vitest"
import { pytorchAdapter } from "../src/index.ts"
import { golden, recorded } from "./backend.ts"

const server = await replayServer(recorded)
afterAll(() => server[Symbol.asyncDispose]())

describe("SGLang PyTorch keeps the laws of the contract, on a recorded server", async () => {
  const laws = adapterLaws({
    adapter: pytorchAdapter,
    config: { url: server.url, python: fakePython },
    badConfig: { url: server.url, urll: "x" },
    score: { query: "The following definition is", items: [" a joke.", " an old story."], labels: [" and", " of"] },
    benchmark: { set: { "num-prompts": 12, tag: golden("bench/serving-details-2") } }
  })
  await bindVitest(laws, { test })
})
