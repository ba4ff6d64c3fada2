import { adapterLaws, bindVitest } from "@sglang-studio/core/testing"
import { adapterUnder } from "@sglang-studio/sglang-wire/testing"
import { describe, expect, test } from "vitest"
import { jaxAdapter } from "../src/index.ts"

const {
  STUDIO_LIVE_JAX_URL: url,
  STUDIO_LIVE_JAX_PYTHON: python,
  STUDIO_LIVE_JAX_SOURCE: source,
  STUDIO_LIVE_JAX_MODEL: model
} = process.env
const settings = { url, ...(python && { python }), ...(source && { source }), ...(model && { model }) }
const score = { query: "The following definition is", items: [" a joke.", " an old story."], labels: [" and", " of"] }

describe.skipIf(url === undefined)("a live SGLang-JAX (STUDIO_LIVE_JAX_URL)", async () => {
  const laws = adapterLaws({
    adapter: jaxAdapter,
    config: settings,
    score,
    patienceMs: 300_000,
    benchmark: {
      set: {
        "dataset-name": "random-ids",
        "num-prompts": 4,
        "random-input-len": 16,
        "random-output-len": 8,
        "tokenize-prompt": true
      }
    }
  })
  if (url !== undefined) await bindVitest(laws, { test: (name, run) => test(name, { timeout: 300_000 }, run) })

  test("a score is the probability in its trace, batched as alone", { timeout: 300_000 }, async () => {
    const request = { ...score, labelTokenIds: null, applySoftmax: false, itemFirst: false, oneByOne: true, mask: null }
    const { events, error } = await adapterUnder(jaxAdapter, settings).attempt((backend, context) =>
      backend.score?.(request, context)
    )
    expect(error).toBeNull()
    const last = events.at(-1)
    if (last?.type !== "result" || last.result.kind !== "score") throw new Error("no score")
    const { scores, logprobs, oneByOne } = last.result
    scores.flat().forEach((value, index) => {
      expect(value).toBeCloseTo(Math.exp(logprobs?.flat()[index] ?? Number.NaN), 5)
      expect(value).toBeCloseTo(oneByOne?.flat()[index] ?? Number.NaN, 5)
    })
  })
})
