import type { BenchmarkFlags } from "@sglang-studio/core/domain"
import { benchFindings } from "./findings.ts"
import { isStreamed, metricsOf } from "./metrics.ts"
import type { BenchOutput, BenchReading } from "./reading.ts"
import { readRecord, type BenchRecord } from "./record.ts"
import { samplesOf } from "./requests.ts"
import { readPrinted } from "./stdout.ts"

/** The serving benchmark appends: its own line is the last one. */
export const readServing = ({ lines, stdout, set }: BenchOutput): BenchReading => {
  const line = lines.at(-1) ?? lines[0]
  const record = readRecord(line.text, line.where)
  const normalised = metricsOf(record, readPrinted(stdout))
  return {
    result: { kind: "benchmark", metrics: normalised.metrics, raw: record.raw },
    samples: record.details === null ? [] : samplesOf(record.details, isStreamed(record)),
    findings: benchFindings({ record, normalised, asked: set === null ? null : promptsAsked(set) }),
    stored: `${record.redactedLine}\n`,
    serverInfo: record.serverInfo,
    echoed: repeatedFlags(record)
  }
}

/** How many prompts a set of flags asks for; null where only the data set knows. */
export const promptsAsked = (set: BenchmarkFlags): number | null => {
  const count = (flag: string, byDefault: number) => {
    const value = Number(set[flag] ?? byDefault)
    return Number.isFinite(value) ? value : byDefault
  }
  // Groups of prompts that share a prefix; --num-prompts is not looked at.
  if (set["dataset-name"] === "generated-shared-prefix")
    return count("gsp-num-groups", 64) * count("gsp-prompts-per-group", 16)
  return count("num-prompts", 1000)
}

const repeatedArguments = [
  "dataset_name",
  "request_rate",
  "max_concurrency",
  "sharegpt_output_len",
  "random_input_len",
  "random_output_len",
  "random_range_ratio"
]

/** The arguments that a record repeats; `--num-prompts` is not among them. */
const repeatedFlags = ({ raw }: BenchRecord): BenchmarkFlags => {
  const flags: { [flag: string]: string | number } = {}
  for (const key of repeatedArguments) {
    const value = raw[key]
    if (typeof value === "number") flags[key.replaceAll("_", "-")] = value
    if (typeof value === "string") flags[key.replaceAll("_", "-")] = value === "Infinity" ? "inf" : value
  }
  return flags
}
