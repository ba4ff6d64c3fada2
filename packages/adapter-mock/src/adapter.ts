import { defineAdapter, type Adapter, type Context, type RunEvent } from "@sglang-studio/core/adapter"
import { behaviourOf } from "./behaviourOf.ts"
import { benchmark } from "./benchmark/benchmark.ts"
import { entrypoints, workloadOf } from "./benchmark/Workload.ts"
import { generate } from "./generate.ts"
import { everyMask } from "./scenarios/maskIgnored.ts"
import { parseSpec } from "./parseSpec.ts"
import { probe } from "./probe.ts"
import { score } from "./score.ts"
import { settingsSchema, type Settings } from "./Settings.ts"
import { untilAborted } from "./untilAborted.ts"
import { version } from "./version.ts"

/**
 * A synthetic backend: a small language model of its own and a simulated engine, with faults that can be planted.
 * Everything it returns is a function of its settings and the request.
 *
 * @example
 * await openStudio({ data: ":memory:", adapters: [mockAdapter], backends: { a: { adapter: "mock", scenario: "clean" } } })
 */
export const mockAdapter: Adapter<Settings> = defineAdapter<Settings>({
  api: 1,
  name: "mock",
  version,
  mock: true,
  supports: {
    operations: ["tokenize", "score", "generate", "benchmark"],
    entrypoints,
    masks: everyMask,
    sends: ["repeat", "batch-of-1", "batched", "flushed", "streamed", "completions"]
  },
  config: settingsSchema,
  parseSpec,
  check: (request) => {
    if ("benchmark" in request) workloadOf(request.benchmark.entrypoint, request.benchmark.set)
  },
  open: async (settings) => {
    const behaviour = behaviourOf(settings)
    const answer = (events: AsyncIterable<RunEvent>, context: Context) =>
      behaviour.events(untilAborted(events, context.signal), context)
    return {
      probe: async () => probe(settings, behaviour),
      tokenize: async (texts) => texts.map((text) => behaviour.tokenize(text)),
      score: (request, context) => answer(score(behaviour, request, context.send), context),
      generate: (request, context) => answer(generate(behaviour, request, context.send), context),
      benchmark: (request, context) => answer(benchmark(behaviour, settings, request), context),
      close: async () => {}
    }
  }
})
