import type { BenchmarkFlags, Finding, Json, Metric, Metrics, Sample } from "@sglang-studio/core/domain"
import { numberOf } from "../looseJson.ts"
import { nonfiniteFinding } from "../nonfiniteFinding.ts"
import { implausible } from "./implausible.ts"
import { applyRules, readPlainRecord, totalsOnly, type PlainRecord, type Rule } from "./plainRecord.ts"
import type { BenchOutput, BenchReading } from "./reading.ts"
import { sampleOf, shapeOf, shapesAsked, shapeSuffix } from "./shapes.ts"

/** What tells one one-batch program from the other. */
interface OneBatch {
  readonly program: string
  readonly required: readonly string[]
  readonly rules: readonly Rule[]
  readonly sample: (metrics: Metrics) => Pick<Sample, "ttftMs" | "e2eMs">
}

const server: OneBatch = {
  program: "bench_one_batch_server",
  required: ["batch_size", "input_len", "output_len", "latency", "output_throughput", "overall_throughput"],
  rules: [
    { name: "e2e_latency_ms", unit: "ms", key: "latency", times: 1000 },
    // Of the last request of the batch.
    { name: "ttft_ms", unit: "ms", key: "last_ttft", times: 1000 },
    { name: "input_throughput", unit: "tokens/s", key: "input_throughput" },
    { name: "output_throughput", unit: "tokens/s", key: "output_throughput" },
    { name: "total_throughput", unit: "tokens/s", key: "overall_throughput" },
    { name: "last_gen_throughput", unit: "tokens/s", key: "last_gen_throughput", unknown: -1 },
    { name: "accept_length", unit: "tokens", key: "acc_length", unknown: -1 },
    { name: "cache_hit_rate", unit: "ratio", key: "cache_hit_rate" }
  ],
  sample: (metrics) => ({
    ttftMs: metrics["ttft_ms"]?.value ?? null,
    e2eMs: metrics["e2e_latency_ms"]?.value ?? null
  })
}

const inProcess: OneBatch = {
  program: "bench_one_batch",
  required: ["batch_size", "input_len", "output_len", "prefill_latency", "total_latency", "overall_throughput"],
  rules: [
    { name: "prefill_latency_ms", unit: "ms", key: "prefill_latency", times: 1000 },
    { name: "input_throughput", unit: "tokens/s", key: "prefill_throughput" },
    { name: "decode_latency_ms.p50", unit: "ms", key: "median_decode_latency", times: 1000 },
    { name: "output_throughput", unit: "tokens/s", key: "median_decode_throughput" },
    { name: "e2e_latency_ms", unit: "ms", key: "total_latency", times: 1000 },
    { name: "total_throughput", unit: "tokens/s", key: "overall_throughput" }
  ],
  sample: (metrics) => ({
    ttftMs: metrics["prefill_latency_ms"]?.value ?? null,
    e2eMs: metrics["e2e_latency_ms"]?.value ?? null
  })
}

/** Reads what `bench_one_batch_server` wrote: a line for each case. */
export const readOneBatchServer = (output: BenchOutput): BenchReading =>
  readCases(server, output, printedThroughputs(output.stdout))

/** Reads what `bench_one_batch` wrote: a line for each case. */
export const readOneBatch = (output: BenchOutput): BenchReading => readCases(inProcess, output, [])

const readCases = (kind: OneBatch, output: BenchOutput, printed: readonly number[]): BenchReading => {
  const records = output.lines.map((line) => readPlainRecord(line, kind.program, kind.required))
  const cases = records.map((record, index) => ({
    record,
    shape: shapeOf(record.raw),
    metrics: {
      // What the program prints stands for what SGLang-JAX leaves out of its file.
      ...(printed.length === records.length ? fromPrinted(record, printed[index] ?? 0) : {}),
      ...applyRules(kind.rules, record, kind.program)
    }
  }))
  const nonfinite = records.flatMap((record) => record.nonfinite)
  const raws: readonly Json[] = records.map(({ raw }) => raw)
  return {
    result: {
      kind: "benchmark",
      metrics:
        cases.length === 1
          ? (cases[0]?.metrics ?? {})
          : Object.fromEntries(
              // With profiling every case is written twice, the undisturbed one first.
              cases
                .toReversed()
                .flatMap(({ shape, metrics }) =>
                  Object.entries(metrics).map(([name, metric]) => [`${name}.${shapeSuffix(shape)}`, metric])
                )
            ),
      raw: raws.length === 1 ? (raws[0] ?? null) : raws
    },
    samples: cases.map(({ shape, metrics }) => sampleOf(shape, kind.sample(metrics))),
    findings: [
      ...(nonfinite.length === 0 ? [] : [nonfiniteFinding(nonfinite)]),
      ...implausible(records, kind.rules),
      ...casesDropped(output, cases.length),
      totalsOnly(kind.program)
    ],
    stored: records.map(({ redactedLine }) => `${redactedLine}\n`).join(""),
    serverInfo: null,
    echoed: cases.length === 1 ? flagsOf(cases[0]?.record) : {}
  }
}

const flagsOf = (record: PlainRecord | undefined): BenchmarkFlags => {
  if (record === undefined) return {}
  const { batchSize, inputLen, outputLen } = shapeOf(record.raw)
  return { "batch-size": batchSize, "input-len": inputLen, "output-len": outputLen }
}

/** A case that does not fit the server's limits is left out; the program says so and ends well. */
const casesDropped = ({ set, stdout }: BenchOutput, measured: number): readonly Finding[] => {
  const asked = set === null ? measured : shapesAsked(set)
  if (measured >= asked) return []
  const said = stdout.split(/\r?\n/).filter((line) => /^skip(ping)?\b/i.test(line.trim()))
  return [
    {
      code: "prompts-dropped",
      severity: "warning",
      message: `${asked} cases were asked for, only ${measured} were measured${said[0] === undefined ? "" : `: ${said[0]}`}.`,
      evidence: { asked, measured, said: said.slice(0, 20) }
    }
  ]
}

/** One for each case that was measured, in their order. */
const printedThroughputs = (stdout: string): readonly number[] =>
  Array.from(stdout.matchAll(/^input throughput: ([\d.]+) tok\/s$/gm), ([, value]) => Number(value))

const fromPrinted = ({ raw }: PlainRecord, inputThroughput: number): { readonly [name: string]: Metric } => {
  const { batchSize, inputLen } = shapeOf(raw)
  if (numberOf(raw["input_throughput"]) !== null || inputThroughput <= 0) return {}
  return {
    ttft_ms: {
      value: ((batchSize * inputLen) / inputThroughput) * 1000,
      unit: "ms",
      definition: "studio.computed/ttft-from-printed-input-throughput"
    },
    input_throughput: {
      value: inputThroughput,
      unit: "tokens/s",
      definition: "sglang.bench_one_batch_server/printed input throughput"
    }
  }
}
