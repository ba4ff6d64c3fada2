import type { BenchmarkFlags } from "@sglang-studio/core/domain"
import type { SglangConfig } from "../config.ts"
import { refuse } from "../refuse.ts"

export interface ServingCommand {
  readonly argv: readonly [string, ...string[]]
  readonly env: Record<string, string>
}

/** What of the command line is an engine's own. */
export interface ServingProgram {
  readonly module: string
  /** `--backend` for the engine's own /generate. */
  readonly backend: string
  /** Needed by the program on this engine, besides PYTHONPATH and the key. */
  readonly env: { readonly [name: string]: string }
}

export interface ServingTarget {
  readonly config: SglangConfig
  readonly python: string
  /** Name or folder of the model as the server states it; the settings win. */
  readonly served: { readonly model: string; readonly tokenizer: string } | null
  readonly outputFile: string
}

/** The command line of `bench_serving`. Flags of the request win over ours, except the result file. */
export const servingCommand = (program: ServingProgram, set: BenchmarkFlags, target: ServingTarget): ServingCommand => {
  const { config, python, served, outputFile } = target
  const model = config.model ?? served?.model
  const tokenizer = config.tokenizer ?? config.model ?? served?.tokenizer
  const flags: BenchmarkFlags = {
    backend: program.backend,
    "base-url": config.url,
    ...(model === undefined ? {} : { model }),
    ...(tokenizer === undefined ? {} : { tokenizer }),
    seed: 1,
    "output-details": true,
    "disable-tqdm": true,
    ...checkedFlags(set),
    "output-file": outputFile
  }
  return {
    argv: [python, "-m", program.module, ...Object.entries(flags).flatMap(flagWords)],
    env: {
      ...program.env,
      PYTHONUNBUFFERED: "1",
      ...(config.source === undefined ? {} : { PYTHONPATH: config.source }),
      ...(config.api_key === undefined ? {} : { OPENAI_API_KEY: config.api_key })
    }
  }
}

/** The same command for a person to paste: no key, no folder of this run. */
export const shellLine = ({ argv, env }: ServingCommand): string =>
  [
    ...Object.entries(env)
      .filter(([name]) => name !== "PYTHONUNBUFFERED")
      .map(([name, value]) => (name === "OPENAI_API_KEY" ? `${name}="$${name}"` : `${name}=${shellWord(value)}`)),
    ...argv.map(shellWord)
  ].join(" ")

const checkedFlags = (set: BenchmarkFlags): BenchmarkFlags => {
  for (const name of Object.keys(set)) {
    if (!/^[a-z0-9]+(-[a-z0-9]+)*$/i.test(name)) {
      throw refuse(
        `set.${name}`,
        "is not the name of a long flag",
        "Use letters, digits and dashes, without leading dashes."
      )
    }
  }
  if ("output-file" in set) {
    throw refuse(
      "set.output-file",
      "is the studio's own",
      "Leave it out: the result file is kept as an artifact of the run."
    )
  }
  return set
}

const flagWords = ([name, value]: [string, string | number | boolean]): readonly string[] => {
  if (typeof value === "boolean") return value ? [`--${name}`] : []
  // argparse takes a separate value that begins with a dash for a flag.
  return `${value}`.startsWith("-") ? [`--${name}=${value}`] : [`--${name}`, `${value}`]
}

export const shellWord = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
