import type { Command } from "commander"
import { withBackends } from "../backendOption.ts"
import { collect, withGlobalOptions, type GlobalOptions } from "../globalOptions.ts"
import { UsageError } from "../output/reportError.ts"
import { parseIds, readText } from "../readInput.ts"
import { runAndCompare } from "../runAndCompare.ts"

interface GenerateFlags extends GlobalOptions {
  readonly backend: readonly string[]
  readonly prompt?: string
  readonly promptFile?: string
  readonly inputIds?: string
  readonly maxNewTokens: number
  readonly temperature: number
  readonly seed?: number
  readonly topLogprobs: number
  readonly tag?: readonly string[]
  readonly timeout?: number
}

/** `studio generate`: the same prompt on every backend, with the logprobs of prompt and output. */
export function generateCommand(program: Command, finish: (code: number) => void): void {
  withBackends(withGlobalOptions(program.command("generate")))
    .description("generate from one prompt on every backend, and compare token by token")
    .option("--prompt <text>", "the prompt")
    .option("--prompt-file <file>", "read the prompt from a file")
    .option("--input-ids <json>", "the prompt as token ids")
    .option("--max-new-tokens <n>", "tokens to generate", number("max_new_tokens", 0, true), 32)
    .option("--temperature <t>", "0 = greedy", number("temperature", 0, false), 0)
    .option("--seed <n>", "sampling seed", number("seed", 0, true))
    .option("--top-logprobs <k>", "alternatives to record at each position", number("top_logprobs", 0, true), 5)
    .option("--tag <tag>", "tag the runs", collect)
    .option("--timeout <seconds>", "end a run that takes longer", Number)
    .action(async (flags: GenerateFlags) => {
      const given = [flags.prompt, flags.promptFile, flags.inputIds].filter((value) => value !== undefined)
      if (given.length !== 1)
        throw new UsageError(
          "Exactly one prompt is needed: --prompt, --prompt-file or --input-ids.",
          "--prompt 'The quick brown'",
          { path: "prompt" }
        )
      finish(
        await runAndCompare(flags, {
          generate: {
            prompt:
              flags.promptFile === undefined ? (flags.prompt ?? null) : readText(flags.promptFile, "--prompt-file"),
            inputIds: flags.inputIds === undefined ? null : parseIds(flags.inputIds, "--input-ids"),
            maxNewTokens: flags.maxNewTokens,
            temperature: flags.temperature,
            seed: flags.seed ?? null,
            topLogprobs: flags.topLogprobs
          }
        })
      )
    })
}

const number = (path: string, least: number, whole: boolean) => (value: string) => {
  const result = Number(value)
  if (!Number.isFinite(result) || result < least || (whole && !Number.isInteger(result)))
    throw new UsageError(
      `"${value}" is no value for ${path}.`,
      `Give ${whole ? "a whole number" : "a number"} from ${least}.`,
      { path }
    )
  return result
}
