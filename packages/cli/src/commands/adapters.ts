import type { Command } from "commander"
import { loadConfig } from "../config.ts"
import { crashIsTold, untilCrash } from "../crashes.ts"
import { exitCode } from "../exitCode.ts"
import { collect, withGlobalOptions, type GlobalOptions } from "../globalOptions.ts"
import { loadAdapter, loadAdapters } from "../loadAdapters.ts"
import { table } from "../output/table.ts"
import { parseSet } from "./bench.ts"

interface VerifyFlags extends GlobalOptions {
  readonly set?: readonly string[]
  readonly entrypoint?: string
  readonly benchSet?: readonly string[]
}

/** `studio adapters`: which are there, and whether one keeps the laws of the contract. */
export function adaptersCommand(program: Command, finish: (code: number) => void): void {
  const adapters = program.command("adapters").description("list adapters, or verify one against the contract")
  withGlobalOptions(adapters.command("list")).action(async (flags: GlobalOptions) => {
    const all = await loadAdapters(await loadConfig(flags.config, process.cwd()))
    const rows = all.map(({ name, version, supports }) => ({ name, version, ...supports }))
    if (flags.json) console.log(JSON.stringify({ adapters: rows }))
    else
      console.log(
        table(
          rows.map(({ name, version, operations }) => [name, version, operations.join(" ")]),
          ""
        )
      )
    finish(exitCode.pass)
  })

  withGlobalOptions(adapters.command("verify"))
    .argument("<name>", "an adapter's name, its package, or the path of its module")
    .option("--set <key=value>", "a setting of the backend to open", collect)
    .option(
      "--entrypoint <name>",
      "the benchmark that the laws run; without it the first that the adapter's check takes"
    )
    .option("--bench-set <flag=value>", "a flag of that benchmark, without dashes: num-prompts=4", collect)
    .action(async (name: string, flags: VerifyFlags) => {
      const config = await loadConfig(flags.config, process.cwd())
      const known = (await loadAdapters(config)).find((adapter) => adapter.name === name)
      const adapter = known ?? (await loadAdapter(name, config.folder))
      const configured = Object.values(config.backends).find((backend) => backend.adapter === adapter.name)
      const { adapter: _adapter, adapterMode: _mode, ...settings } = configured ?? { adapter: adapter.name }
      const { adapterLaws, runLaws } = await import("@sglang-studio/core/testing")
      const benchmark = {
        ...(flags.entrypoint !== undefined && { entrypoint: flags.entrypoint }),
        ...(flags.benchSet !== undefined && { set: parseSet(flags.benchSet) })
      }
      const laws = await runLaws(
        adapterLaws({ adapter, config: { ...settings, ...parseSet(flags.set ?? []) }, benchmark }),
        { untilStray: untilCrash }
      )
      crashIsTold()
      if (flags.json) console.log(JSON.stringify({ laws }))
      else {
        const glyphs = { pass: "✓", fail: "✕", skip: "·" } as const
        for (const law of laws)
          console.log(`${glyphs[law.status]} ${law.name}${law.reason === null ? "" : `\n    ${law.reason}`}`)
      }
      finish(laws.some((law) => law.status === "fail") ? exitCode.fail : exitCode.pass)
    })
}
