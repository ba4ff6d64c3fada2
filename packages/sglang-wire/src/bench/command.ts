import { isSecretName } from "@sglang-studio/core/adapter"
import type { BenchmarkFlags, Json } from "@sglang-studio/core/domain"
import type { SglangConfig } from "../config.ts"
import { refuse } from "../refuse.ts"
import type { OwnEntrypoint, Programs } from "./Programs.ts"

/** How a program is started. */
export interface ProgramCommand {
  readonly argv: readonly [string, ...string[]]
  readonly env: Record<string, string>
}

export interface BenchTarget {
  readonly config: SglangConfig
  readonly python: string
  /** The name under which the installed engine has the program. */
  readonly module: string
  /** Name or folder of the model as the server states it; the settings win. */
  readonly served: { readonly model: string; readonly tokenizer: string } | null
  readonly outputFile: string
}

type Flags = { readonly [name: string]: Json }

/** The command line of a benchmark program. Flags of the request win over ours, except the result file. */
export const benchCommand = (
  programs: Programs,
  entrypoint: OwnEntrypoint,
  set: BenchmarkFlags,
  target: BenchTarget
): ProgramCommand => {
  const { config, python, module, outputFile } = target
  checkFlags(entrypoint, set)
  const flags: Flags = {
    ...ownFlags[entrypoint](programs, target),
    ...set,
    [resultFlags[entrypoint]]: outputFile
  }
  const isClient = clients.has(entrypoint)
  return {
    argv: [python, "-m", module, ...Object.entries(flags).flatMap((flag) => flagWords(splitList(entrypoint, flag)))],
    env: {
      ...(isClient ? programs.clientEnv : {}),
      PYTHONUNBUFFERED: "1",
      ...(config.source === undefined ? {} : { PYTHONPATH: config.source }),
      ...(isClient && config.api_key !== undefined ? { OPENAI_API_KEY: config.api_key } : {}),
      ...(isClient ? {} : config.launch?.env)
    }
  }
}

/** Programs that talk to a server; the others bring an engine of their own. */
export const clients: ReadonlySet<string> = new Set<OwnEntrypoint>(["serving", "one-batch-server"])

const resultFlags: { readonly [E in OwnEntrypoint]: string } = {
  serving: "output-file",
  "one-batch-server": "result-filename",
  "offline-throughput": "result-filename",
  "one-batch": "result-filename"
}

const ownFlags: { readonly [E in OwnEntrypoint]: (programs: Programs, target: BenchTarget) => Flags } = {
  serving: ({ servingBackend }, { config, served }) => ({
    backend: servingBackend,
    "base-url": config.url,
    ...given("model", config.model ?? served?.model),
    ...given("tokenizer", config.tokenizer ?? config.model ?? served?.tokenizer),
    seed: 1,
    "output-details": true,
    "disable-tqdm": true
  }),
  "one-batch-server": ({ tokenizerFlag }, { config, served }) => ({
    // Without a model's name it takes the running server.
    model: "None",
    "base-url": config.url,
    ...(tokenizerFlag === null ? {} : given(tokenizerFlag, config.tokenizer ?? config.model ?? served?.tokenizer))
  }),
  "offline-throughput": (_, { config }) => engineFlags(config),
  "one-batch": (_, { config }) => engineFlags(config)
}

/** A program with an engine of its own takes the flags that the backend's server would be started with. */
const engineFlags = ({ model, tokenizer, launch }: SglangConfig): Flags => {
  const args = Object.entries(launch?.args ?? {}).map(([name, value]) => [name.replaceAll("_", "-"), value] as const)
  return { ...given("model-path", model), ...given("tokenizer-path", tokenizer), ...Object.fromEntries(args) }
}

const given = (name: string, value: string | undefined): Flags => (value === undefined ? {} : { [name]: value })

/** Which flags a program knows is for it to say; `AdapterError` `invalid-request` for what is no flag at all. */
export const checkFlags = (entrypoint: OwnEntrypoint, set: BenchmarkFlags): void => {
  const resultFlag = resultFlags[entrypoint]
  for (const name of Object.keys(set)) {
    if (!/^[a-z0-9]+(-[a-z0-9]+)*$/i.test(name)) {
      throw refuse(
        `set.${name}`,
        "is not the name of a long flag",
        "Use letters, digits and dashes, without leading dashes."
      )
    }
  }
  if (resultFlag in set) {
    throw refuse(
      `set.${resultFlag}`,
      "is the studio's own",
      "Leave it out: the result file is kept as an artifact of the run."
    )
  }
}

/** Flags of the one-batch programs that make one case of each combination of their values, written `1 4` or `1,4`. */
export const shapeFlags = ["batch-size", "input-len", "output-len"] as const

const splitList = (entrypoint: OwnEntrypoint, [name, value]: readonly [string, Json]): readonly [string, Json] =>
  entrypoint.startsWith("one-batch") && shapeFlags.some((flag) => flag === name) && typeof value === "string"
    ? [name, listOf(value)]
    : [name, value]

export const listOf = (value: string): readonly string[] => value.split(/[\s,]+/).filter((word) => word !== "")

/** A flag as words: true is the flag alone, false and null leave it out, a list has several values. */
export const flagWords = ([name, value]: readonly [string, Json]): readonly string[] => {
  const flag = `--${name}`
  if (value === null || value === false) return []
  if (value === true) return [flag]
  if (Array.isArray(value)) return value.length === 0 ? [] : [flag, ...value.map(String)]
  const word = typeof value === "object" ? JSON.stringify(value) : String(value)
  // argparse takes a separate value that begins with a dash for a flag.
  return word.startsWith("-") ? [`${flag}=${word}`] : [flag, word]
}

/** The same command for a person to paste: no key, no folder of this run. */
export const shellLine = ({ argv, env }: ProgramCommand): string =>
  [
    ...Object.entries(env)
      .filter(([name]) => name !== "PYTHONUNBUFFERED")
      .map(([name, value]) => (isSecretName(name) ? `${name}="$${name}"` : `${name}=${shellWord(value)}`)),
    ...argv.map((word, index) => (argv[index - 1] === "--api-key" ? '"$SGLANG_API_KEY"' : shellWord(word)))
  ].join(" ")

export const shellWord = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
