import { defineAdapter, type Adapter } from "@sglang-studio/core/adapter"
import {
  benchImporter,
  benchRun,
  checkAsked,
  entrypoints,
  launchServer,
  openWire,
  reproduceWith,
  servedMasks,
  servedSends,
  sglangConfig,
  standalone
} from "@sglang-studio/sglang-wire"
import { dialect } from "./dialect.ts"
import { generate } from "./generate.ts"
import { probe } from "./probe.ts"
import { score } from "./score.ts"
import { tokenize } from "./tokenize.ts"
import { version } from "./version.ts"

/**
 * SGLang-JAX over HTTP: scores and generations with token traces, its own benchmarks beside the
 * studio's load client, and its server started and stopped.
 *
 * @example
 * await openStudio({ data: ":memory:", adapters: [jaxAdapter], backends: { jax: { adapter: "sglang-jax", url: "http://127.0.0.1:30000" } } })
 */
export const jaxAdapter: Adapter = defineAdapter({
  api: 1,
  name: "sglang-jax",
  version,
  supports: {
    operations: ["tokenize", "score", "generate", "benchmark", "launch"],
    entrypoints,
    standalone,
    masks: servedMasks,
    // It breaks a stream that has to carry logprobs.
    sends: servedSends.filter((kind) => kind !== "streamed")
  },
  config: sglangConfig,
  check: checkAsked,
  reproduce: reproduceWith(dialect),
  importers: [benchImporter(dialect)],
  open: async (config) => {
    const wire = openWire(config)
    return {
      probe: (context) => probe(wire, context),
      tokenize: (texts, context) => tokenize(wire, texts, context),
      score: (request, context) => score(wire, request, context),
      generate: (request, context) => generate(wire, request, context),
      benchmark: (request, context) => benchRun(dialect, wire, request, context),
      launch: (recipe, context) => launchServer(dialect, wire, recipe, context),
      close: async () => wire.http.close()
    }
  }
})
