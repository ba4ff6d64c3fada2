import type { BenchmarkFlags } from "@sglang-studio/core/adapter"
import { invalidRequest } from "../invalidRequest.ts"
import { checkFlags } from "./checkFlags.ts"
import { makeRandom } from "./Random.ts"

export interface Demand {
  readonly arrivalMs: number
  readonly inputTokens: number
  readonly outputTokens: number
}

/** What a benchmark's client asks of the engine: the same for the same flags, whoever answers. */
export interface Workload {
  readonly demands: readonly Demand[]
  readonly maxConcurrency: number
  /** Requests sent beforehand and not measured. */
  readonly warmupRequests: number
}

const entrypointWorkloads: { readonly [entrypoint: string]: (flags: BenchmarkFlags) => Workload } = {
  serving: (flags) => servingWorkload(flags, true),
  load: (flags) => servingWorkload(asServing(flags), true),
  "offline-throughput": (flags) => servingWorkload(flags, false),
  "one-batch-server": batchWorkload,
  "one-batch": batchWorkload
}

export const entrypoints: readonly string[] = Object.keys(entrypointWorkloads)

export const workloadOf = (entrypoint: string, flags: BenchmarkFlags): Workload => {
  const build = entrypointWorkloads[entrypoint]
  if (build === undefined)
    throw invalidRequest(`The mock has no entrypoint "${entrypoint}".`, `Choose one of ${entrypoints.join(", ")}.`)
  checkFlags(entrypoint, flags)
  return build(flags)
}

/** The studio's load client has lengths without a range, and defaults of its own. */
const asServing = (flags: BenchmarkFlags): BenchmarkFlags => ({
  "num-prompts": 200,
  ...(flags["request-rate"] === undefined && { "max-concurrency": 8 }),
  ...flags,
  "random-input-len": flags["input-len"] ?? 128,
  "random-output-len": flags["output-len"] ?? 32,
  "random-range-ratio": 1
})

/** Each token has a time of its own. */
const mostTokens = 100_000_000

/** Flags and defaults of `bench_serving`; a flag that has no meaning here (a dataset, a tokenizer) changes nothing. */
function servingWorkload(flags: BenchmarkFlags, overTime: boolean): Workload {
  const random = makeRandom(number(flags, "seed", 1, -(2 ** 31)))
  const ratio = number(flags, "random-range-ratio", 0)
  const inputLength = number(flags, "random-input-len", 1024, 1)
  const outputLength = number(flags, "random-output-len", 1024, 1)
  const rate = overTime ? number(flags, "request-rate", Infinity) : Infinity
  const prompts = number(flags, "num-prompts", 1000, 1)
  if (prompts * Math.max(1, outputLength) > mostTokens)
    throw invalidRequest(
      `${prompts} prompts of up to ${outputLength} output tokens are more than the mock can hold.`,
      `Ask for ${Math.floor(mostTokens / Math.max(1, outputLength))} at most, or for shorter ones.`
    )
  let arrivalMs = 0
  const demands = Array.from({ length: prompts }, () => {
    arrivalMs += (1000 * random.exponential()) / rate
    return {
      arrivalMs,
      inputTokens: between(inputLength * ratio, inputLength, random.uniform()),
      outputTokens: between(outputLength * ratio, outputLength, random.uniform())
    }
  })
  return {
    demands,
    maxConcurrency: overTime ? number(flags, "max-concurrency", Infinity, 1) : Infinity,
    warmupRequests: number(flags, "warmup-requests", 1)
  }
}

function batchWorkload(flags: BenchmarkFlags): Workload {
  const demand = {
    arrivalMs: 0,
    inputTokens: number(flags, "input-len", 1024, 1),
    outputTokens: number(flags, "output-len", 16, 1)
  }
  const size = number(flags, "batch-size", 1, 1)
  return { demands: Array.from({ length: size }, () => demand), maxConcurrency: Infinity, warmupRequests: 16 }
}

const between = (low: number, high: number, share: number): number => {
  const least = Math.max(1, Math.floor(low))
  return least + Math.floor(share * (Math.floor(high) - least + 1))
}

const number = (flags: BenchmarkFlags, name: string, fallback: number, least = 0): number => {
  const value = flags[name]
  if (value === undefined) return fallback
  const parsed = value === "inf" ? Infinity : Number(value)
  if (parsed >= least && value !== "" && typeof value !== "boolean") return parsed
  throw invalidRequest(
    `The flag ${name} is ${JSON.stringify(value)}, not a number of at least ${least}.`,
    `Give one with --set ${name}=N.`
  )
}
