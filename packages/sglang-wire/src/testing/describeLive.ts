import type { Adapter } from "@sglang-studio/core/adapter"
import { adapterLaws, bindVitest } from "@sglang-studio/core/testing"
import { describe, expect, test } from "vitest"
import { adapterUnder } from "./tried.ts"
import { twoItems } from "./twoItems.ts"

/**
 * The laws of adapters on an engine that runs, where the environment says where it is: `VARIABLE_URL`, and what its
 * benchmarks need in `VARIABLE_PYTHON`, `VARIABLE_SOURCE` and `VARIABLE_MODEL`.
 */
export const describeLive = async (engine: string, adapter: Adapter, variable: string): Promise<void> => {
  const given = (name: string): string | undefined => process.env[`${variable}_${name}`]
  const [url, python, source, model] = ["URL", "PYTHON", "SOURCE", "MODEL"].map(given)
  const settings = { url, ...(python && { python }), ...(source && { source }), ...(model && { model }) }
  const { query, items, labels } = twoItems

  await describe.skipIf(url === undefined)(`a live ${engine} (${variable}_URL)`, async () => {
    const laws = adapterLaws({
      adapter,
      config: settings,
      score: { query, items, labels },
      patienceMs,
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
    if (url !== undefined) await bindVitest(laws, { test: (name, run) => test(name, { timeout: patienceMs }, run) })

    test("a score is the probability in its trace, batched as alone", { timeout: patienceMs }, async () => {
      const { events, error } = await adapterUnder(adapter, settings).attempt((backend, context) =>
        backend.score?.(twoItems, context)
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
}

const patienceMs = 300_000
