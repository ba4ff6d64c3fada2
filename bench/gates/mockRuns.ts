import { mockAdapter } from "../../packages/adapter-mock/src/index.ts"
import { parseSpec } from "../../packages/adapter-mock/src/parseSpec.ts"
import type { RunRecord } from "../../packages/core/src/compare/Arms.ts"
import type { Metrics } from "../../packages/core/src/domain/metric.ts"
import { run } from "../../packages/core/test/support/arms.ts"
import { idleContext } from "../idleContext.ts"

/** The metric that is looked at, and what a gate on it needs to know of a run. */
export const watched = "e2e_latency_ms.p50"
const kept = [watched, "completed", "sent", "failed", "failure_rate", "output_tokens"]

/** So many steps that the noise of single ones averages out: runs are 1 % apart, as the mock's default says. */
const request = {
  benchmark: {
    entrypoint: "serving",
    set: {
      "num-prompts": 256,
      "random-input-len": 128,
      "random-output-len": 16,
      "random-range-ratio": 1,
      "max-concurrency": 2
    }
  }
} as const

/** Runs one benchmark of a mock so many times, each under a key of its own, as a campaign would. */
export const mockRuns = async (spec: string, count: number): Promise<readonly RunRecord[]> => {
  const checked = await mockAdapter.config["~standard"].validate(parseSpec(spec))
  if (checked.issues !== undefined) throw new Error(`${spec}: ${checked.issues.map(({ message }) => message).join()}`)
  const backend = await mockAdapter.open(checked.value)
  const runs: RunRecord[] = []
  for (let k = 0; k < count; k++) {
    for await (const event of backend.benchmark!({ ...request.benchmark, key: `run-${k}` }, idleContext)) {
      if (event.type !== "result" || event.result.kind !== "benchmark") continue
      runs.push({
        traces: [],
        run: run(`${spec}-${k}`, request, { provenance: "mock", metrics: only(event.result.metrics) })
      })
    }
  }
  return runs
}

const only = (metrics: Metrics): Metrics =>
  Object.fromEntries(kept.flatMap((name) => (metrics[name] === undefined ? [] : [[name, metrics[name]]])))
