/** Who computed a number and from what: a definition id is one of these, a slash, and what it is called there. */
export const metricSources: { readonly [source: string]: string | undefined } = {
  "sglang.bench_serving": "A key of the result that SGLang's serving benchmark writes, as it is; both engines.",
  "sglang.bench_one_batch_server": "A key of the result that SGLang's one-batch benchmark of a server writes.",
  "sglang.bench_one_batch": "A key of the result that SGLang's one-batch benchmark without a server writes.",
  "sglang.bench_offline_throughput": "A key of the result that SGLang's offline benchmark writes.",
  "sglang.generate": "A field of the `meta_info` that the engine answers a generate request with.",
  "studio.computed":
    "Computed here from per-request values that the engine's benchmark wrote, since its own summary leaves it out. End-to-end is then the first token plus the gaps between chunks: it ends at the last chunk that bears text.",
  "studio.load": "Measured by the studio's own load client, request by request, from the intended send.",
  "studio.client": "Measured by the studio around a single request.",
  "studio.mock": "Simulated time of the mock backend."
}

/** The source of a definition id; null for one that only an adapter knows. */
export const metricSource = (definition: string): string | null => metricSources[definition.split("/")[0] ?? ""] ?? null
