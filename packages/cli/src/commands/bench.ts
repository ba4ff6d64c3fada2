import { readFlag, type BenchmarkFlags } from "@sglang-studio/core/domain"
import type { AdapterMode } from "@sglang-studio/core"
import type { Command } from "commander"
import { withBackends } from "../backendOption.ts"
import { collect, withGlobalOptions, type GlobalOptions } from "../globalOptions.ts"
import { UsageError } from "../output/reportError.ts"
import { runAndCompare } from "../runAndCompare.ts"

interface BenchFlags extends GlobalOptions {
  readonly backend: readonly string[]
  readonly set?: readonly string[]
  readonly mode?: string
  readonly tag?: readonly string[]
  readonly timeout?: number
}

const modes: readonly AdapterMode[] = ["auto", "bench", "mock"]

/** `studio bench`: drive the engine's own benchmark entrypoint. */
export function benchCommand(program: Command, finish: (code: number) => void): void {
  withBackends(withGlobalOptions(program.command("bench")))
    .description("run the engine's own benchmark and keep raw beside normalised numbers")
    .argument("<entrypoint>", "serving, one-batch-server, offline-throughput, one-batch, or load (the studio's own)")
    .option("--set <key=value>", "a flag of the entrypoint, without dashes: num-prompts=20", collect)
    .option("--mode <mode>", "auto, bench or mock")
    .option("--tag <tag>", "tag the runs", collect)
    .option("--timeout <seconds>", "end a run that takes longer", Number)
    .action(async (entrypoint: string, flags: BenchFlags) => {
      const mode = modes.find((name) => name === flags.mode)
      if (flags.mode !== undefined && mode === undefined)
        throw new UsageError(`--mode "${flags.mode}" is no adapter mode.`, `Modes: ${modes.join(", ")}.`, {
          path: "adapter_mode"
        })
      finish(await runAndCompare(flags, { benchmark: { entrypoint, set: parseSet(flags.set ?? []) } }, mode))
    })
}

/** `key=value` pairs. */
export function parseSet(pairs: readonly string[]): BenchmarkFlags {
  return Object.fromEntries(
    pairs.map((pair) => {
      const flag = readFlag(pair)
      if (flag === null)
        throw new UsageError(`--set "${pair}" is not key=value.`, "--set num-prompts=20", { path: "set" })
      return flag
    })
  )
}
