import { suiteJsonSchema } from "@sglang-studio/core"
import { encode, Plan as PlanCodec } from "@sglang-studio/core/codec"
import type { Command } from "commander"
import { exitCode } from "../exitCode.ts"
import { withGlobalOptions, type GlobalOptions } from "../globalOptions.ts"
import { openCliStudio } from "../openCliStudio.ts"
import { planText } from "../output/planText.ts"
import { UsageError } from "../output/reportError.ts"
import { type SuiteFlags, withSuiteOptions } from "../suiteOptions.ts"

interface PlanFlags extends GlobalOptions, SuiteFlags {
  readonly schema?: boolean
}

/** `studio plan`: what `studio run` would do, without doing it. */
export function planCommand(program: Command, finish: (code: number) => void): void {
  withSuiteOptions(withGlobalOptions(program.command("plan")))
    .description("show every run of a suite in its order, how long they take, and what would be skipped")
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
