import { Campaign as CampaignCodec, encode } from "@sglang-studio/core/codec"
import type { Campaign } from "@sglang-studio/core/domain"
import type { Command } from "commander"
import { exitCode } from "../exitCode.ts"
import { withGlobalOptions, type GlobalOptions } from "../globalOptions.ts"
import { openCliStudio } from "../openCliStudio.ts"
import { campaignText, statusLine } from "../output/campaignText.ts"
import { UsageError } from "../output/reportError.ts"

interface ListFlags extends GlobalOptions {
  readonly suite?: string
  readonly limit: string
}

/** `studio campaigns`: what became of suites. */
export function campaignsCommand(program: Command, finish: (code: number) => void): void {
  const campaigns = program.command("campaigns").description("list, show, pause and cancel campaigns")
  withGlobalOptions(campaigns.command("list"))
    .option("--suite <name>", "only of this suite")
    .option("--limit <n>", "rows", "50")
    .action(async ({ suite, limit, ...flags }: ListFlags) => {
      if (!/^[1-9]\d{0,2}$/u.test(limit))
        throw new UsageError(`--limit is "${limit}".`, "Give a number from 1 to 999.", { path: "limit" })
      await using studio = await openCliStudio(flags)
      const items = await studio.campaigns.list({ limit: Number(limit), ...(suite !== undefined && { suite }) })
      if (flags.json) console.log(JSON.stringify({ items: items.map((item) => encode(CampaignCodec)(item)) }))
      else console.log(items.length === 0 ? "No campaigns yet: studio run SUITE" : items.map(lineOf).join("\n"))
      finish(exitCode.pass)
    })

  const on = (verb: string, about: string, act: "get" | "cancel" | "pause") =>
    withGlobalOptions(campaigns.command(verb))
      .description(about)
      .argument("<campaign>", "id or unambiguous prefix")
      .action(async (id: string, flags: GlobalOptions) => {
        await using studio = await openCliStudio(flags)
        const campaign = await studio.campaigns[act](id)
        console.log(flags.json ? JSON.stringify(encode(CampaignCodec)(campaign)) : showText(campaign))
        finish(exitCode.pass)
      })
  on("show", "what a campaign found, and how far it is", "get")
  on("pause", "let it rest after the run that it is making", "pause")
  on("cancel", "stop it and the run that it is making", "cancel")
}

const lineOf = (campaign: Campaign): string =>
  `${statusLine(campaign)}${campaign.verdict === null ? "" : `  ${campaign.verdict.outcome}`}`

const showText = (campaign: Campaign): string =>
  campaign.verdict === null ? statusLine(campaign) : campaignText({ campaign, verdict: campaign.verdict })
