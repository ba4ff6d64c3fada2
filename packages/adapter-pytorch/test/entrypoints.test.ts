import { describe, expect, test } from "vitest"
import { golden, replayed } from "./backend.ts"

const request = (entrypoint: string, name: string, set = {}) => ({
  key: "k",
  entrypoint,
  set: { tag: golden(`bench/${name}`), ...set }
})

describe("SGLang PyTorch's other benchmarks", () => {
  test("one-batch-server: one run of all its cases", async () => {
    await using backend = await replayed()
    const { events, error } = await backend.attempt(({ benchmark }, context) =>
      benchmark?.(request("one-batch-server", "one-batch-server-2", { "batch-size": "1,4" }), context)
    )
    expect(error).toBeNull()
    expect(events.at(-1)).toMatchObject({
      result: {
        metrics: {
          "ttft_ms.bs4_in32_out16": {
            value: 221.5,
            unit: "ms",
            definition: "sglang.bench_one_batch_server/last_ttft"
          },
          "e2e_latency_ms.bs1_in32_out16": { value: 356.2 },
          "cache_hit_rate.bs1_in32_out16": { value: 0 }
        },
        raw: [{ acc_length: -1 }, { batch_size: 4 }]
      }
    })
    const last = events.at(-1)
    // -1 is the engine's word for "not known".
    expect(JSON.stringify(last)).not.toContain('"accept_length')
  })

  test("offline-throughput is read", async () => {
    await using backend = await replayed()
    const { events, error } = await backend.attempt(({ benchmark }, context) =>
      benchmark?.(request("offline-throughput", "offline-throughput", { "num-prompts": 6 }), context)
    )
    expect(error).toBeNull()
    expect(events.at(-1)).toMatchObject({
      result: { metrics: { output_throughput: { value: 20.3846387118781 }, sent: { value: 6 } } }
    })
  })

  test.each([
    [
      "one-batch",
      "one-batch",
      "unsupported",
      "sglang.bench_one_batch draws token ids below 10000, and the vocabulary of this model is smaller: IndexError: index out of range in self"
    ],
    [
      "one-batch-server",
      "one-batch-server",
      "crashed",
      "sglang.bench_one_batch_server cannot read an empty CUDA_VISIBLE_DEVICES: IndexError: string index out of range"
    ]
  ])("%s fails with its reason in words", async (entrypoint, name, reason, message) => {
    await using backend = await replayed()
    const { error } = await backend.attempt(({ benchmark }, context) => benchmark?.(request(entrypoint, name), context))
    expect(error).toMatchObject({ reason, message })
  })
})
