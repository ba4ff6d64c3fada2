import type { BenchmarkInput } from "@sglang-studio/core/domain"

/** A suite that repeats a benchmark as often as a judgement of its latency needs. */
export const benchmarkSuite = ({ entrypoint, set }: BenchmarkInput): string => {
  const flags = Object.entries(set).map(([flag, value]) => `      ${flag}: ${written(value)}\n`)
  return [
    `suite: ${entrypoint}\ncases:\n  - name: ${entrypoint}\n    benchmark: ${entrypoint}\n`,
    flags.length === 0 ? "" : `    set:\n${flags.join("")}`,
    "repeats: 5\nwarmup: 1\n"
  ].join("")
}

/** In a suite `${` begins the name of an axis. */
const written = (value: BenchmarkInput["set"][string]): string => JSON.stringify(value).replaceAll("${", "$$${")
