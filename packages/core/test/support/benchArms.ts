import type { ArmRecords } from "../../src/compare/Arms.ts"
import { metric } from "../../src/domain/metricDefinitions.ts"
import type { Run } from "../../src/domain/run.ts"
import type { Sample } from "../../src/domain/sample.ts"
import type { BenchmarkFlags } from "../../src/domain/workload.ts"
import { run } from "./arms.ts"

export interface BenchSpec {
  /** One value of the metric per run, or several metrics. */
  readonly values: readonly number[] | { readonly [metric: string]: readonly number[] }
  readonly metric?: string
  readonly requests?: number
  /** Failed requests per run. */
  readonly failed?: number
  readonly outputTokens?: number
  readonly blocks?: boolean
  readonly set?: BenchmarkFlags
  readonly samples?: readonly Sample[]
  /** Fields of single runs, by their number. */
  readonly fields?: { readonly [run: number]: Partial<Run> }
}

/** Repeats of one benchmark. */
export const benchArm = (
  label: string,
  { values, metric: name = "e2e_latency_ms.p50", requests = 256, failed = 0, set = {}, ...spec }: BenchSpec
): ArmRecords => {
  const columns: { readonly [metric: string]: readonly number[] } = isList(values) ? { [name]: values } : values
  const runs = Math.max(...Object.values(columns).map((column) => column.length))
  return {
    label,
    records: Array.from({ length: runs }, (_, k) => ({
      traces: [],
      ...(spec.samples === undefined ? {} : { samples: spec.samples }),
      run: run(
        `${label}${k + 1}`,
        { benchmark: { entrypoint: "serving", set } },
        {
          tags: spec.blocks ? [`block:${k}`] : [],
          metrics: Object.fromEntries(
            Object.entries({
              ...Object.fromEntries(Object.entries(columns).map(([key, column]) => [key, column[k]])),
              sent: requests,
              failed,
              completed: requests - failed,
              failure_rate: failed / requests,
              output_tokens: (requests - failed) * (spec.outputTokens ?? 16)
            }).flatMap(([key, value]) => (value === undefined ? [] : [[key, metric(key, value, "test")]]))
          ),
          ...spec.fields?.[k]
        }
      )
    }))
  }
}

const isList = (values: BenchSpec["values"]): values is readonly number[] => Array.isArray(values)
