import { Command, CommanderError } from "commander"
import { version } from "./version.ts"
import { adaptersCommand } from "./commands/adapters.ts"
import { baselineCommand } from "./commands/baseline.ts"
import { benchCommand } from "./commands/bench.ts"
import { campaignsCommand } from "./commands/campaigns.ts"
import { casesCommand } from "./commands/cases.ts"
import { compareCommand } from "./commands/compare.ts"
import { doctorCommand } from "./commands/doctor.ts"
import { generateCommand } from "./commands/generate.ts"
import { importCommand } from "./commands/import.ts"
import { parityCommand } from "./commands/parity.ts"
import { planCommand } from "./commands/plan.ts"
import { runCommand } from "./commands/run.ts"
import { runsCommand } from "./commands/runs.ts"
import { scoreCommand } from "./commands/score.ts"
import { serveCommand } from "./commands/serve.ts"
import { crashed, untilOver, watchForCrashes } from "./crashes.ts"
import { exitCode } from "./exitCode.ts"
import { lendSdk } from "./lendSdk.ts"
import { reportCrash, reportError, UsageError } from "./output/reportError.ts"

/** Runs one command line and returns its exit code; nothing is thrown past here. */
export async function main(args: readonly string[]): Promise<number> {
  lendSdk()
  const json = args.includes("--json")
  const program = new Command("studio")
    .description("Score, compare, benchmark and debug LLM inference engines side by side.")
    .version(version)
    .showHelpAfterError("(studio --help shows the commands)")
  let code: number = exitCode.pass
  const finish = (result: number) => {
    code = result
  }
  for (const add of [
    serveCommand,
    scoreCommand,
    generateCommand,
    benchCommand,
    parityCommand,
    casesCommand,
    compareCommand,
    planCommand,
    runCommand,
    campaignsCommand,
    baselineCommand,
    runsCommand,
    importCommand,
    adaptersCommand,
    doctorCommand
  ])
    add(program, finish)
  quieten(program, json)
  watchForCrashes()
  outliveReaders()
  try {
    const done = program.parseAsync(args, { from: "user" }).then(() => true)
    const finished = await Promise.race([done, untilOver.then(() => false)])
    const crash = crashed()
    if (crash === null || crash.told) return code
    // A command that came to its end has printed its document.
    reportCrash(crash.error, json && !finished)
    return exitCode.backend
  } catch (error) {
    const crash = crashed()
    if (crash !== null) {
      reportCrash(crash.error, json)
      return exitCode.backend
    }
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return exitCode.pass
      if (!json) return exitCode.usage
      return reportError(new UsageError(error.message.replace(/^error: /, ""), "studio --help"), json)
    }
    return reportError(error, json)
  }
}

/** Where nobody reads any more, as after a closed terminal, what is left to say is lost, and the work is not. */
function outliveReaders(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {})
}

/** commander throws instead of exiting, and with `--json` writes nothing of its own. */
function quieten(command: Command, json: boolean): void {
  command.exitOverride()
  if (json) command.configureOutput({ writeErr: () => {} })
  for (const sub of command.commands) quieten(sub, json)
}
