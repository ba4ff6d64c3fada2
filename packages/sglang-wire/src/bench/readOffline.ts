import { nonfiniteFinding } from "../nonfiniteFinding.ts"
import { implausible } from "./implausible.ts"
import { applyRules, readPlainRecord, totalsOnly, type Rule } from "./plainRecord.ts"
import type { BenchOutput, BenchReading } from "./reading.ts"

const program = "bench_offline_throughput"

const rules: readonly Rule[] = [
  { name: "duration_s", unit: "s", key: "total_latency" },
  // What was handed in; the program does not look whether it was answered.
  { name: "sent", unit: "requests", key: "successful_requests" },
  { name: "input_tokens", unit: "tokens", key: "total_input_tokens" },
  { name: "output_tokens", unit: "tokens", key: "total_output_tokens" },
  { name: "request_throughput", unit: "requests/s", key: "request_throughput" },
  { name: "input_throughput", unit: "tokens/s", key: "input_throughput" },
  { name: "output_throughput", unit: "tokens/s", key: "output_throughput" },
  { name: "total_throughput", unit: "tokens/s", key: "total_throughput" },
  { name: "last_gen_throughput", unit: "tokens/s", key: "last_gen_throughput", unknown: -1 }
]

const required = rules.filter(({ name }) => name !== "last_gen_throughput").map(({ key }) => key)

/** Reads what `bench_offline_throughput` wrote: one line of totals, the last one of its file. */
export const readOffline = ({ lines }: BenchOutput): BenchReading => {
  const record = readPlainRecord(lines.at(-1) ?? lines[0], program, required)
  return {
    result: { kind: "benchmark", metrics: applyRules(rules, record, program), raw: record.raw },
    samples: [],
    findings: [
      ...(record.nonfinite.length === 0 ? [] : [nonfiniteFinding(record.nonfinite)]),
      ...implausible([record], rules),
      totalsOnly(program)
    ],
    stored: `${record.redactedLine}\n`,
    serverInfo: null,
    echoed: {}
  }
}
