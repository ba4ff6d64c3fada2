import { suiteJsonSchema } from "@sglang-studio/core"
import { encode, Plan as PlanCodec } from "@sglang-studio/core/codec"
import type { Command } from "commander"
import { exitCode } from "../exitCode.ts"
import { collect, withGlobalOptions, type GlobalOptions } from "../globalOptions.ts"
import { openCliStudio } from "../openCliStudio.ts"
import { planText } from "../output/planText.ts"
import { UsageError } from "../output/reportError.ts"

interface PlanFlags extends GlobalOptions {
  readonly backend?: readonly string[]
  readonly against?: string
  readonly schema?: boolean
}

/** `studio plan`: what `studio run` would do, without doing it. */
export function planCommand(program: Command, finish: (code: number) => void): void {
  withGlobalOptions(program.command("plan"))
    .description("show every run of a suite in its order, how long they take, and what would be skipped")
    .argument("[suite]", "suite file (YAML, JSON or TypeScript)")
    .option(
      "--backend <spec>",
      "NAME, NAME=URL, NAME=ADAPTER:URL or NAME=mock:SCENARIO; the first is the baseline (default: the suite's)",
      collect
    )
    .option("--against <baseline>", "compare each backend with its own stored baseline of this name")
    .option("--schema", "print the JSON Schema of suite files")
    .action(async (suite: string | undefined, flags: PlanFlags) => {
      if (flags.schema) console.log(JSON.stringify(suiteJsonSchema(), null, flags.json ? 0 : 2))
      else console.log(await planned(suite, flags))
      finish(exitCode.pass)
    })
}

async function planned(suite: string | undefined, flags: PlanFlags): Promise<string> {
  if (suite === undefined)
    throw new UsageError("Which suite?", "studio plan SUITE, or studio plan --schema for what a suite may hold", {
      path: "suite"
    })
  await using studio = await openCliStudio(flags)
  const { backend, against } = flags
  const plan = await studio.plan(suite, {
    ...(backend && { backends: backend }),
    ...(against !== undefined && { against })
  })
  return flags.json ? JSON.stringify({ plan: encode(PlanCodec)(plan) }) : planText(plan)
}
