import {
  type AdapterError,
  isAdapterError,
  makeRedactor,
  type ImportedRun,
  type Importer,
  type ImportSource
} from "@sglang-studio/core/adapter"
import type { BenchmarkFlags } from "@sglang-studio/core/domain"
import type { Dialect } from "../dialect.ts"
import { fingerprintOf } from "../fingerprint.ts"
import type { Engine } from "../identity.ts"
import { numberOf } from "../looseJson.ts"
import { readCommand, type BenchCommand } from "./commandLine.ts"
import { complaintOf } from "./complaint.ts"
import { readBench, type BenchReading } from "./output.ts"

/** Reads what `bench_serving` of one engine left: a folder with `command.txt`, `stdout.txt`, a JSONL file, or that file alone. */
export const servingImporter = (dialect: Dialect): Importer => ({
  name: `${dialect.module} results`,
  read: (source) => {
    const folder = readFolder(source)
    if (folder === null || engineOfFolder(folder) !== dialect.engine) return null
    if (folder.command !== null && folder.command.module !== dialect.module && !isServing(folder.command)) {
      return [
        { line: 1, skipped: `results of ${folder.command.module} cannot be read yet, only those of bench_serving` }
      ]
    }
    const runs = folder.lines.map((line) => importLine(dialect.engine, folder, line))
    return runs.length > 0 ? runs : [failedRun(dialect.engine, folder)]
  }
})

interface Line {
  readonly number: number
  readonly text: string
  /** What could be read of it, or why it could not. */
  readonly reading: BenchReading | AdapterError
}

interface Folder {
  readonly source: ImportSource
  readonly command: BenchCommand | null
  readonly stdout: string
  readonly stderr: string
  readonly lines: readonly Line[]
}

/** Null where neither a command of a benchmark program nor any of its result lines is among the files. */
const readFolder = (source: ImportSource): Folder | null => {
  const text = (name: string): string => source.files.find((file) => file.name.split("/").at(-1) === name)?.text ?? ""
  const command = readCommand(text("command.txt"))
  const stdout = text("stdout.txt")
  const asked = numberOf(command?.flags["num-prompts"])
  const results = source.files.find((file) => /\.jsonl?$/.test(file.name) && looksLikeResult(file.text))
  const texts = (results?.text ?? "").split("\n")
  const lines = texts.flatMap((line, index) =>
    line.trim() === ""
      ? []
      : [{ number: index + 1, text: line, reading: tryRead(line, index + 1, texts.length, stdout, asked) }]
  )
  if (command === null ? results === undefined : !/^(sglang|sgl_jax)\./.test(command.module)) return null
  return { source, command, stdout, stderr: text("stderr.txt"), lines }
}

/** The arguments that open every result line, also of one that is cut off. */
const looksLikeResult = (text: string): boolean => text.includes('"dataset_name"') && text.includes('"request_rate"')

/** What was printed belongs to the last line: the program appends to its file. */
const tryRead = (
  line: string,
  number: number,
  count: number,
  stdout: string,
  asked: number | null
): BenchReading | AdapterError => {
  try {
    return readBench({ line, where: `Line ${number}`, stdout: number >= count - 1 ? stdout : "", asked })
  } catch (cause) {
    if (isAdapterError(cause)) return cause
    throw cause
  }
}

const isServing = ({ module }: BenchCommand): boolean => /\.(bench_serving|benchmark\.serving)$/.test(module)

/** Decided by the command, else by what only SGLang-JAX writes; a line may be broken, so its text is looked at. */
const engineOfFolder = ({ command, lines }: Folder): Engine => {
  if (command !== null) return command.module.startsWith("sgl_jax.") ? "SGLang-JAX" : "SGLang PyTorch"
  const ofJax = /"backend": ?"sgl-jax"|"total_cached_tokens"|"precompile_token_paddings"/
  return lines.some(({ text }) => ofJax.test(text)) ? "SGLang-JAX" : "SGLang PyTorch"
}

const importLine = (
  engine: Engine,
  folder: Folder,
  { number, text, reading }: Line
): ImportedRun | { readonly line: number; readonly skipped: string } => {
  if (!("result" in reading)) return { line: number, skipped: reading.message }
  const { record, result, samples, findings } = reading
  return {
    engine,
    request: {
      entrypoint: "serving",
      set: folder.command === null ? flagsOfRecord(reading) : workload(folder.command)
    },
    result,
    findings,
    samples,
    fingerprint:
      record.serverInfo === null
        ? null
        : fingerprintOf({ engine, serverInfo: record.serverInfo, modelInfo: null, tokenizerHash: null }).fingerprint,
    error: null,
    line: folder.lines.length > 1 ? number : null,
    identity: text
  }
}

/** A benchmark that ended without a result is a run too: it failed. */
const failedRun = (engine: Engine, { source, command, stdout, stderr }: Folder): ImportedRun => ({
  engine,
  request: { entrypoint: "serving", set: command === null ? {} : workload(command) },
  result: { kind: "benchmark", metrics: {}, raw: null },
  findings: [],
  samples: [],
  fingerprint: null,
  error: {
    code: "crashed",
    message: makeRedactor().text(`bench_serving left no result: ${complaintOf(stdout, stderr)}`),
    hint: "Look at stderr.txt of the imported folder."
  },
  line: null,
  identity: source.files.map(({ name, text }) => `${name}\n${text}`).join("\n")
})

/** Flags that say where and how results were written; they are no part of what was measured. */
const notWorkload = new Set([
  "backend",
  "base-url",
  "host",
  "port",
  "model",
  "served-model-name",
  "tokenizer",
  "output-file",
  "output-details",
  "disable-tqdm",
  "header"
])

const workload = ({ flags }: BenchCommand): BenchmarkFlags =>
  Object.fromEntries(Object.entries(flags).filter(([name]) => !notWorkload.has(name)))

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
const flagsOfRecord = ({ record: { raw } }: BenchReading): BenchmarkFlags => {
  const flags: { [flag: string]: string | number } = {}
  for (const key of repeatedArguments) {
    const value = raw[key]
    if (typeof value === "number") flags[key.replaceAll("_", "-")] = value
    if (typeof value === "string") flags[key.replaceAll("_", "-")] = value === "Infinity" ? "inf" : value
  }
  return flags
}
