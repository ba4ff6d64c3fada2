import { encode, Run as RunCodec } from "@sglang-studio/core/codec"
import type { Command } from "commander"
import { exitCode } from "../exitCode.ts"
import { withGlobalOptions, type GlobalOptions } from "../globalOptions.ts"
import { openCliStudio } from "../openCliStudio.ts"
import { runText } from "../output/runText.ts"

/** `studio import`: results that were measured elsewhere. */
export function importCommand(program: Command, finish: (code: number) => void): void {
  withGlobalOptions(program.command("import"))
    .description("read benchmark results that were measured elsewhere")
    .argument("<paths...>", "a JSONL or JSON file, or a folder with command.txt, stdout.txt and the result file")
    .action(async (paths: readonly string[], flags: GlobalOptions) => {
      await using studio = await openCliStudio(flags)
      const { runs, skipped } = await studio.import(paths)
      if (flags.json) console.log(JSON.stringify({ runs: runs.map((run) => encode(RunCodec)(run)), skipped }))
      else {
        for (const run of runs) console.log(await runText(studio, run))
        for (const { path, line, reason } of skipped)
          console.log(`skipped ${path}${line === null ? "" : `:${line}`}: ${reason}`)
        console.log(`${runs.length} imported, ${skipped.length} skipped`)
      }
      finish(runs.length === 0 && skipped.some(({ reason }) => reason !== "duplicate") ? exitCode.usage : exitCode.pass)
    })
}
