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
import { isObject, parseLooseJson } from "../looseJson.ts"
import { readCommand, type BenchCommand } from "./commandLine.ts"
import { complaintOf } from "./complaint.ts"
import { resultsIn, type NumberedLine } from "./resultsIn.ts"
import { ownEntrypoints, type OwnEntrypoint, type Programs } from "./Programs.ts"
import { entrypointOf, looksLikeResult, readBench, type BenchReading, type ResultLine } from "./reading.ts"

/**
 * Reads what a benchmark program of one engine left: a folder with `command.txt`, `stdout.txt`, a JSONL file, or that
 * file alone, which people may have made a JSON document of. Which program it was is told by the command, else by the
 * keys of the line. The programs append, so that one file may have lines of both engines: each importer reads its own.
 */
export const benchImporter = (dialect: Dialect): Importer => ({
  name: `${dialect.engine} benchmark results`,
  read: (source) => {
    const folder = readFolder(source, dialect.engine)
    if (folder === null) return null
    const program = folder.command === null ? null : programOf(dialect.programs, folder.command)
    if (folder.command !== null && program === null) {
      return [{ line: null, skipped: `${folder.command.module} is no benchmark that can be read` }]
    }
    const runs = resultsOf(folder, program).map((result) => importResult(dialect.engine, folder, result))
    return runs.length > 0 ? runs : [failedRun(dialect.engine, folder, program ?? "serving")]
  }
})

interface Folder {
  readonly source: ImportSource
  readonly command: BenchCommand | null
  readonly stdout: string
  readonly stderr: string
  /** Those of the importer's engine. */
  readonly lines: readonly NumberedLine[]
  /** Whether these and the lines of others are more than one. */
  readonly hasSeveralLines: boolean
}

/** The lines of one run. */
interface Result {
  readonly entrypoint: OwnEntrypoint
  readonly lines: readonly [NumberedLine, ...NumberedLine[]]
  readonly stdout: string
  readonly number: number | null
}

/** Null where neither a command of a benchmark program of the engine nor any of its result lines is among the files. */
const readFolder = (source: ImportSource, engine: Engine): Folder | null => {
  const text = (name: string): string => source.files.find((file) => file.name.split("/").at(-1) === name)?.text ?? ""
  const command = readCommand(text("command.txt"))
  const results = source.files.find((file) => /\.jsonl?$/.test(file.name) && looksLikeResult(file.text))
  const all = resultsIn(results?.text ?? "")
  const lines = command === null ? all.filter((line) => engineOfLine(line) === engine) : all
  if (command === null ? lines.length === 0 : engineOfCommand(command) !== engine) return null
  const [stdout, stderr] = [text("stdout.txt"), text("stderr.txt")]
  return { source, command, stdout, stderr, lines, hasSeveralLines: all.length > 1 }
}

/** By any of a program's names; a copy in a subfolder or under another package prefix counts too. */
const programOf = ({ modules }: Programs, { module }: BenchCommand): OwnEntrypoint | null =>
  ownEntrypoints.find(
    (name) =>
      modules[name].includes(module) || new RegExp(`\\.(bench_|benchmark\\.)${name.replaceAll("-", "_")}$`).test(module)
  ) ?? null

/** The cases of one command of a one-batch program are one run; else every line is a run of its own. */
const resultsOf = (
  { command, lines, stdout, hasSeveralLines }: Folder,
  program: OwnEntrypoint | null
): readonly Result[] => {
  const [first, ...rest] = lines
  if (first === undefined) return []
  if (program?.startsWith("one-batch") === true)
    return [{ entrypoint: program, lines: [first, ...rest], stdout, number: null }]
  return lines.map((line, index) => ({
    entrypoint: program ?? guessEntrypoint(line),
    lines: [line],
    // What was printed belongs to the last line: the programs append to their files.
    stdout: index === lines.length - 1 ? stdout : "",
    // The only line of a folder is the folder's result.
    number: command !== null && !hasSeveralLines ? null : line.number
  }))
}

const guessEntrypoint = ({ text, where }: ResultLine): OwnEntrypoint => {
  try {
    const { value } = parseLooseJson(text, where)
    return (isObject(value) ? entrypointOf(value) : null) ?? "serving"
  } catch (cause) {
    // A broken line is refused by whoever reads it.
    if (isAdapterError(cause)) return "serving"
    throw cause
  }
}

const engineOfCommand = ({ module }: BenchCommand): Engine | null =>
  module.startsWith("sgl_jax.") ? "SGLang-JAX" : module.startsWith("sglang.") ? "SGLang PyTorch" : null

/** Decided by what only SGLang-JAX writes; a line may be broken, so its text is looked at. */
const engineOfLine = ({ text }: NumberedLine): Engine =>
  onlyOfJax.test(text) || isBareOneBatch(text) ? "SGLang-JAX" : "SGLang PyTorch"

/**
 * Its `--backend`, its cache counts (SGLang PyTorch has some inside its cache report), or its server's settings; the
 * first releases had no counts.
 */
const onlyOfJax = new RegExp(
  [
    String.raw`"backend": ?"sgl-jax"`,
    String.raw`"total_cached_tokens"(?!: ?\d+, ?"cache_hit_rate_pct")`,
    String.raw`"(?:precompile_token_paddings|disable_(?:jax_)?precompile)"`
  ].join("|")
)

/** SGLang PyTorch's one-batch-server lines have a time to first token. */
const isBareOneBatch = (text: string): boolean =>
  text.includes('"batch_size"') && text.includes('"overall_throughput"') && !/"last_ttft"|"prefill_latency"/.test(text)

const importResult = (
  engine: Engine,
  { command }: Folder,
  { entrypoint, lines, stdout, number }: Result
): ImportedRun | { readonly line: number | null; readonly skipped: string } => {
  const reading = tryRead(entrypoint, { lines, stdout, set: command?.flags ?? null })
  if (!("result" in reading)) return { line: number, skipped: reading.message }
  const { result, samples, findings, serverInfo, echoed } = reading
  return {
    engine,
    request: { entrypoint, set: command === null ? echoed : workload(command) },
    result,
    findings,
    samples,
    fingerprint:
      serverInfo === null
        ? null
        : fingerprintOf({ engine, serverInfo, modelInfo: null, tokenizerHash: null }).fingerprint,
    error: null,
    line: number,
    identity: lines.map(({ text }) => text).join("\n")
  }
}

const tryRead = (...[entrypoint, output]: Parameters<typeof readBench>): BenchReading | AdapterError => {
  try {
    return readBench(entrypoint, output)
  } catch (cause) {
    if (isAdapterError(cause)) return cause
    throw cause
  }
}

/** A benchmark that ended without a result is a run too: it failed. */
const failedRun = (
  engine: Engine,
  { source, command, stdout, stderr }: Folder,
  entrypoint: OwnEntrypoint
): ImportedRun => ({
  engine,
  request: { entrypoint, set: command === null ? {} : workload(command) },
  result: { kind: "benchmark", metrics: {}, raw: null },
  findings: [],
  samples: [],
  fingerprint: null,
  error: {
    code: "crashed",
    message: makeRedactor().text(
      `bench_${entrypoint.replaceAll("-", "_")} left no result: ${complaintOf(stdout, stderr)}`
    ),
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
  "model-path",
  "served-model-name",
  "tokenizer",
  "tokenizer-path",
  "local-tokenizer-path",
  "output-file",
  "output-details",
  "result-filename",
  "show-report",
  "disable-tqdm",
  "header"
])

const workload = ({ flags }: BenchCommand): BenchmarkFlags =>
  Object.fromEntries(Object.entries(flags).filter(([name]) => !notWorkload.has(name)))
