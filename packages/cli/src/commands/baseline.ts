import { Baseline as BaselineCodec, encode, Waiver as WaiverCodec } from "@sglang-studio/core/codec"
import { cellKey, type Baseline, type Waiver } from "@sglang-studio/core/domain"
import { count } from "@sglang-studio/core/gate"
import type { Command } from "commander"
import { exitCode } from "../exitCode.ts"
import { withGlobalOptions, type GlobalOptions } from "../globalOptions.ts"
import { openCliStudio } from "../openCliStudio.ts"
import { table } from "../output/table.ts"

interface ListFlags extends GlobalOptions {
  readonly suite?: string
  readonly name?: string
  readonly all?: boolean
}

interface PromoteFlags extends GlobalOptions {
  readonly name: string
  readonly reason: string
  readonly author: string
  readonly backend?: string
  readonly allowMock?: boolean
}

interface WaiveFlags extends GlobalOptions {
  readonly suite: string
  readonly gate: string
  readonly until: string
  readonly reason: string
  readonly author: string
  readonly case?: string
  readonly backend?: string
}

/** `studio baseline`: runs that later ones are compared with, and gates that are excused for a while. */
export function baselineCommand(program: Command, finish: (code: number) => void): void {
  const baseline = program.command("baseline").description("list and promote baselines, waive gates")
  withGlobalOptions(baseline.command("list"))
    .option("--suite <name>", "only of this suite")
    .option("--name <name>", "only of this name")
    .option("--all", "those that others took the place of, too")
    .action(async ({ suite, name, all, ...flags }: ListFlags) => {
      await using studio = await openCliStudio(flags)
      const items = await studio.baselines.list({
        ...(suite !== undefined && { suite }),
        ...(name !== undefined && { name }),
        ...(all && { superseded: true })
      })
      const waivers = await studio.baselines.waivers({ ...(suite !== undefined && { suite }) })
      if (flags.json)
        console.log(
          JSON.stringify({
            items: items.map((item) => encode(BaselineCodec)(item)),
            waivers: waivers.map((waiver) => encode(WaiverCodec)(waiver))
          })
        )
      else console.log(listText(items, waivers))
      finish(exitCode.pass)
    })

  withGlobalOptions(baseline.command("promote"))
    .description("make the usable runs of a campaign what later ones are compared with")
    .argument("<campaign>", "id or unambiguous prefix")
    .requiredOption("--name <name>", "such as main")
    .requiredOption("--reason <text>", "why these runs are the ones to hold to")
    .requiredOption("--author <name>", "who says so")
    .option("--backend <name>", "only the runs of this backend")
    .option("--allow-mock", "promote mock results")
    .action(async (campaign: string, { name, reason, author, backend, allowMock, ...flags }: PromoteFlags) => {
      await using studio = await openCliStudio(flags)
      const items = await studio.baselines.promote(campaign, {
        name,
        reason,
        author,
        ...(backend !== undefined && { backend }),
        ...(allowMock && { allowMock })
      })
      if (flags.json) console.log(JSON.stringify({ items: items.map((item) => encode(BaselineCodec)(item)) }))
      else console.log(listText(items, []))
      finish(exitCode.pass)
    })

  withGlobalOptions(baseline.command("waive"))
    .description("excuse a gate until a date: it is still shown, and does not decide")
    .requiredOption("--suite <name>", "a suite that was run here; any, where none was yet")
    .requiredOption("--gate <name>", "a gate of its newest campaigns; NAME:REQUEST is one request of several")
    .requiredOption("--until <date>", "when it expires, such as 2027-01-31")
    .requiredOption("--reason <text>", "why")
    .requiredOption("--author <name>", "who says so")
    .option("--case <name>", "only in this case of theirs")
    .option("--backend <name>", "only on this candidate of theirs")
    .action(async ({ suite, gate, until, reason, author, case: name, backend, ...flags }: WaiveFlags) => {
      await using studio = await openCliStudio(flags)
      const waiver = await studio.baselines.waive({
        suite,
        gate,
        until,
        reason,
        author,
        ...(name !== undefined && { case: name }),
        ...(backend !== undefined && { backend })
      })
      console.log(flags.json ? JSON.stringify(encode(WaiverCodec)(waiver)) : waiverLine(waiver))
      finish(exitCode.pass)
    })
}

const listText = (items: readonly Baseline[], waivers: readonly Waiver[]): string =>
  [
    items.length === 0
      ? "No baselines yet: studio baseline promote CAMPAIGN --name main --reason … --author …"
      : table(items.map(baselineRow), ""),
    ...waivers.map(waiverLine)
  ].join("\n")

const baselineRow = (one: Baseline): readonly string[] => [
  one.name,
  one.suite,
  cellKey(one.case, one.point),
  one.backend,
  `campaign ${one.campaign}`,
  count(one.runIds.length, "run"),
  `${one.promotedAt.slice(0, 10)} by ${one.author}: ${one.reason}`,
  one.supersededAt === null ? "" : `until ${one.supersededAt.slice(0, 10)}`
]

const waiverLine = ({ id, suite, gate, case: name, backend, expiresAt, author, reason }: Waiver): string => {
  const where = [name, backend].filter((part) => part !== null).join(" on ")
  return `waiver ${id}  ${suite}: ${gate}${where === "" ? "" : ` (${where})`} until ${expiresAt.slice(0, 10)}, by ${author}: ${reason}`
}
