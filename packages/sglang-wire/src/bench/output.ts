import type { BenchmarkResult } from "@sglang-studio/core/adapter"
import type { Finding, Sample } from "@sglang-studio/core/domain"
import { benchFindings } from "./findings.ts"
import { metricsOf } from "./metrics.ts"
import { readRecord, type BenchRecord } from "./record.ts"
import { samplesOf } from "./requests.ts"
import { readPrinted } from "./stdout.ts"

/** What a finished `bench_serving` left behind. */
export interface BenchOutput {
  /** Its line of the result file. */
  readonly line: string
  /** Names the line in errors. */
  readonly where: string
  readonly stdout: string
  /** `--num-prompts`; null where it is not known. */
  readonly asked: number | null
}

export interface BenchReading {
  readonly record: BenchRecord
  readonly result: BenchmarkResult
  readonly samples: readonly Sample[]
  readonly findings: readonly Finding[]
}

/** Reads the output of `bench_serving`: pure and strict; `AdapterError` `protocol` shows what could not be read. */
export const readBench = ({ line, where, stdout, asked }: BenchOutput): BenchReading => {
  const record = readRecord(line, where)
  const normalised = metricsOf(record, readPrinted(stdout))
  return {
    record,
    result: { kind: "benchmark", metrics: normalised.metrics, raw: record.raw },
    samples: record.details === null ? [] : samplesOf(record.details),
    findings: benchFindings({ record, normalised, asked })
  }
}

/** The last line of a result file: the benchmark appends. Null for an empty file. */
export const lastLine = (text: string): string | null => text.split("\n").findLast((line) => line.trim() !== "") ?? null
