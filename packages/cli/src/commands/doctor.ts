import type { Command } from "commander"
import { loadConfig } from "../config.ts"
import { diagnose } from "../diagnose.ts"
import { exitCode } from "../exitCode.ts"
import { withGlobalOptions, type GlobalOptions } from "../globalOptions.ts"

/** `studio doctor`: what stands in the way here, each with its fix. */
export function doctorCommand(program: Command, finish: (code: number) => void): void {
  withGlobalOptions(program.command("doctor"))
    .description("check this machine, the data folder and every configured backend")
    .action(async (flags: GlobalOptions) => {
      const findings = await diagnose(await loadConfig(flags.config, process.cwd()), flags)
      if (flags.json) console.log(JSON.stringify({ findings }))
      else {
        const glyphs = { ok: "✓", warning: "!", error: "✕" } as const
        for (const { severity, what, fix } of findings)
          console.log(`${glyphs[severity]} ${what}${fix === null ? "" : `\n    ${fix}`}`)
      }
      finish(findings.some(({ severity }) => severity === "error") ? exitCode.backend : exitCode.pass)
    })
}
