const metric = (value, unit) => ({ value, unit, definition: "kills" })

/** A backend whose benchmarks run in a process of their own. */
export default {
  api: 1,
  name: "spawner",
  version: "1.0.0",
  supports: { operations: ["benchmark"], entrypoints: ["serving"], masks: [] },
  config: { "~standard": { version: 1, vendor: "kills", validate: (value) => ({ value }) } },
  open: async () => ({
    probe: async () => ({
      reachable: true,
      server: "spawner",
      decidedBy: "it says so",
      fingerprint: null,
      capabilities: [],
      notes: []
    }),
    async *benchmark(_request, context) {
      yield { type: "started" }
      // A process with a child, as an engine's benchmark is.
      await context.spawn(["/bin/sh", "-c", "sleep 0.06 & wait"], { env: {} }).exit
      const metrics = { "e2e_latency_ms.p50": metric(100, "ms") }
      yield { type: "result", result: { kind: "benchmark", metrics, raw: null } }
    },
    close: async () => {}
  })
}
