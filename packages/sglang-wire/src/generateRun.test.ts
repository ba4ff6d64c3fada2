import type { GenerateRequest } from "@sglang-studio/core/adapter"
import { expect, test } from "vitest"
import { worthStreaming } from "./generateRun.ts"

const request: GenerateRequest = {
  prompt: "p".repeat(400),
  inputIds: null,
  maxNewTokens: 32,
  temperature: 0,
  seed: null,
  topLogprobs: 5
}

test("an output is streamed unless its events, which repeat all before them, would be tens of megabytes", () => {
  expect(worthStreaming(request)).toBe(true)
  expect(worthStreaming({ ...request, maxNewTokens: 256 })).toBe(true)
  expect(worthStreaming({ ...request, maxNewTokens: 2048 })).toBe(false)
  expect(worthStreaming({ ...request, prompt: null, inputIds: Array.from({ length: 50_000 }, () => 1) })).toBe(false)
})
