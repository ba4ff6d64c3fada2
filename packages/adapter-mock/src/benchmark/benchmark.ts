import type { BenchmarkRequest, RunEvent, Sample } from "@sglang-studio/core/adapter"
import { hashText, mix } from "../model/hash.ts"
import type { Behaviour } from "../scenarios/Scenario.ts"
import type { Settings } from "../Settings.ts"
import { recorded } from "./ending.ts"
import { findingsOf } from "./findingsOf.ts"
import { metricsOf } from "./metricsOf.ts"
import { makeRandom } from "./Random.ts"
import { serve } from "./serve.ts"
import { workloadOf } from "./Workload.ts"

/** A benchmark in simulated time. Noise is drawn from the seed and the run's key: repeats differ, a replay is exact. */
export async function* benchmark(
  behaviour: Behaviour,
  settings: Settings,
  request: BenchmarkRequest
): AsyncGenerator<RunEvent> {
  const workload = workloadOf(request.entrypoint, request.set)
  yield { type: "started" }

  const random = makeRandom(mix(settings.seed, hashText(request.key)))
  const factor = settings.slowdown * Math.exp(settings.runNoise * random.normal())
  const served = serve(workload, { ...settings, factor }, random)
  const seen = behaviour.samples(served)
  const samples = seen.map(seenThrough(request.entrypoint))
  for (const [index, sample] of samples.entries()) {
    yield { type: "sample", sample: recorded(sample) }
    const done = index + 1
    if (done % 32 === 0 || done === samples.length)
      yield { type: "progress", done, total: samples.length, unit: "requests" }
  }

  const { metrics, missing } = metricsOf(samples, durationOf(seen))
  for (const finding of findingsOf(samples, workload.demands.length, missing)) yield { type: "finding", finding }
  const raw = Object.fromEntries(Object.entries(metrics).map(([name, { value }]) => [name, value]))
  yield { type: "result", result: { kind: "benchmark", metrics, raw } }
}

/** Seconds from the first send to the last answer. */
const durationOf = (samples: readonly Sample[]): number =>
  samples.reduce((end, { startMs, e2eMs }) => Math.max(end, (startMs ?? 0) + (e2eMs ?? 0)), 0) / 1000

/** The offline entrypoint knows when everything had ended, and of no single request. */
const seenThrough =
  (entrypoint: string) =>
  (sample: Sample): Sample =>
    entrypoint === "offline-throughput" ? { ...sample, ttftMs: null, itlMs: null, e2eMs: null } : sample
