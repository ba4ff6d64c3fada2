import type { Command } from "commander"
import { collect } from "./globalOptions.ts"

/** Which suite, on which backends, against what: the same for a plan and a run. */
export interface SuiteFlags {
  readonly backend?: readonly string[]
  readonly against?: string
}

export const withSuiteOptions = (command: Command): Command =>
  command
    .argument("[suite]", "suite file (YAML, JSON or TypeScript)")
    .option(
      "--backend <spec>",
      "NAME, NAME=URL, NAME=ADAPTER:URL or NAME=mock:SCENARIO; the first is the baseline (default: the suite's)",
      collect
    )
    .option("--against <baseline>", "compare each backend with its own stored baseline of this name")
