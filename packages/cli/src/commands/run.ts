import { isStudioError, type CampaignReport, type CampaignStart, type Studio } from "@sglang-studio/core"
import { Campaign as CampaignCodec, encode, Verdict as VerdictCodec } from "@sglang-studio/core/codec"
import type { Campaign } from "@sglang-studio/core/domain"
import type { Command } from "commander"
import { exitCode, exitCodeOfOutcome } from "../exitCode.ts"
import { withGlobalOptions, type GlobalOptions } from "../globalOptions.ts"
import { openCliStudio } from "../openCliStudio.ts"
import { campaignMarkdown } from "../output/campaignMarkdown.ts"
import { notesOf } from "../output/campaignNotes.ts"
import { showCampaign } from "../output/campaignProgress.ts"
import { campaignText } from "../output/campaignText.ts"
import { junit } from "../output/junit.ts"
import { UsageError } from "../output/reportError.ts"
import { requirePlace, writeText } from "../output/textFile.ts"
import { type SuiteFlags, withSuiteOptions } from "../suiteOptions.ts"
import { untilInterrupted } from "../untilInterrupted.ts"

interface RunFlags extends GlobalOptions, SuiteFlags {
  readonly gate?: boolean
  readonly allowMock?: boolean
  readonly untilDecided?: boolean
  readonly resume?: string
  readonly mode?: string
  readonly junit?: string
  readonly markdown?: string
}

/** `studio run`: a suite to its end, with a verdict. */
export function runCommand(program: Command, finish: (code: number) => void): void {
  withSuiteOptions(withGlobalOptions(program.command("run")))
    .description("run a suite: every case at every point on every backend, then judge it")
    .option("--gate", "exit 1 on fail, 3 on inconclusive")
    .option("--allow-mock", "let a gate judge mock results")
    .option("--until-decided", "double the repeats once where they do not decide")
    .option("--resume <campaign>", "go on with a campaign that is at rest: finished runs stay")
    .option("--mode <mode>", "auto, bench or mock (default: as each backend says)")
    .option("--junit <file>", "also write JUnit XML")
    .option("--markdown <file>", "also write a Markdown summary")
    .action(async (suite: string | undefined, flags: RunFlags) => {
      requirePlace(flags.junit, "--junit")
      requirePlace(flags.markdown, "--markdown")
      await using studio = await openCliStudio(flags)
      const started = await start(studio, suite, flags)
      const progress = showCampaign(flags.quiet ?? false)
      const report = await untilInterrupted((signal) =>
        studio.campaigns.wait(started.id, { signal, onProgress: progress.show })
      ).finally(progress.end)
      if (report === null) return finish(exitCode.interrupted)
      refuseMocks(report.campaign, flags)
      await write(studio, report, suite, flags)
      finish(codeOf(report, flags.gate ?? false))
    })
}

async function start(studio: Studio, suite: string | undefined, flags: RunFlags) {
  const { backend, resume, against, gate, allowMock, untilDecided, mode } = flags
  if (resume !== undefined) {
    const known = await studio.campaigns.get(resume)
    refuseNewTerms(flags)
    refuseMocks(known, flags)
    const again = {
      ...(suite !== undefined && { suite }),
      ...(backend && { backends: backend }),
      ...(gate && { gate }),
      ...(allowMock && { allowMock })
    }
    // One that ended while nobody looked is only shown.
    const onEnded = (error: unknown) => {
      if (isStudioError(error) && error.code === "campaign-ended") return known
      throw error
    }
    return studio.campaigns.resume(known.id, again).catch(onEnded)
  }
  if (suite === undefined)
    throw new UsageError("Which suite?", "studio run SUITE --backend …, or studio run --resume CAMPAIGN", {
      path: "suite"
    })
  return studio.campaigns.start(suite, {
    ...(backend && { backends: backend }),
    ...(against !== undefined && { against }),
    ...(gate && { gate }),
    ...(allowMock && { allowMock }),
    ...(untilDecided && { untilDecided }),
    ...(mode !== undefined && { adapterMode: modeOf(mode) })
  })
}

/** A campaign that was begun without a gate may hold mocks, or fall back to one. */
function refuseMocks({ provenances }: Campaign, { gate, allowMock }: RunFlags): void {
  if (gate && !allowMock && provenances.some((provenance) => provenance !== "real"))
    throw new UsageError("A gate does not judge mock results, and this campaign holds some.", "Say --allow-mock.", {
      code: "mock-refused"
    })
}

/** What a campaign is about was said when it began. */
function refuseNewTerms({ against, untilDecided, mode }: RunFlags): void {
  const given = Object.entries({ "--against": against, "--until-decided": untilDecided, "--mode": mode })
  const fresh = given.find(([, value]) => value !== undefined)
  if (fresh !== undefined)
    throw new UsageError(
      `${fresh[0]} cannot be changed while a campaign is under way.`,
      "Leave it out, or start anew.",
      {
        path: "resume"
      }
    )
}

const modeOf = (mode: string): NonNullable<CampaignStart["adapterMode"]> => {
  if (mode === "auto" || mode === "bench" || mode === "mock") return mode
  throw new UsageError(`--mode is "${mode}".`, "Allowed are auto, bench and mock.", { path: "mode" })
}

async function write(studio: Studio, report: CampaignReport, suite: string | undefined, flags: RunFlags) {
  const { campaign, verdict } = report
  // Resumed without its file, nobody here knows where that is.
  const notes = await notesOf(studio, campaign, suite === undefined ? null : commandLine(suite, flags))
  if (flags.junit !== undefined) writeText(flags.junit, "--junit", junit(report, notes))
  if (flags.markdown !== undefined) writeText(flags.markdown, "--markdown", campaignMarkdown(report, notes))
  console.log(
    flags.json
      ? JSON.stringify({ campaign: encode(CampaignCodec)(campaign), verdict: encode(VerdictCodec)(verdict) })
      : campaignText(report, notes)
  )
}

const commandLine = (suite: string, { backend = [], against, gate, allowMock, untilDecided }: RunFlags): string =>
  [
    "studio run",
    suite,
    ...backend.flatMap((spec) => ["--backend", spec]),
    ...(against === undefined ? [] : ["--against", against]),
    ...(untilDecided ? ["--until-decided"] : []),
    ...(gate ? ["--gate"] : []),
    ...(allowMock ? ["--allow-mock"] : [])
  ]
    .map((word) => (/^[\w./:=,@-]+(?: run)?$/u.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`))
    .join(" ")

function codeOf({ campaign, verdict }: CampaignReport, gate: boolean): number {
  const { status, failed, runs } = campaign
  // It rests with a verdict of its own where this machine failed: nobody stopped it.
  if (status === "interrupted" && campaign.verdict !== null) return exitCode.backend
  if (status === "cancelled" || status === "paused" || status === "interrupted") return exitCode.interrupted
  if (gate) return exitCodeOfOutcome(verdict.outcome)
  const isWhole = failed === 0 && runs.every((run) => run.status !== "failed") && status === "succeeded"
  return isWhole ? exitCode.pass : exitCode.backend
}
