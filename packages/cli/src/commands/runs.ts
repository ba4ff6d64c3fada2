import { encode, Run as RunCodec, RunSummary as RunSummaryCodec } from "@sglang-studio/core/codec"
import type { Run, RunSummary } from "@sglang-studio/core/domain"
import type { RunFilter, Studio } from "@sglang-studio/core"
import type { Command } from "commander"
import { exitCode } from "../exitCode.ts"
import { collect, withGlobalOptions, type GlobalOptions } from "../globalOptions.ts"
import { openCliStudio } from "../openCliStudio.ts"
import { UsageError } from "../output/reportError.ts"
import { runText } from "../output/runText.ts"
import { table } from "../output/table.ts"

interface ListFlags extends GlobalOptions, Omit<RunFilter, "limit"> {
  readonly limit: string
}

interface TagFlags extends GlobalOptions {
  readonly remove?: readonly string[]
}

/** `studio runs`: what is stored. */
export function runsCommand(program: Command, finish: (code: number) => void): void {
  const runs = program.command("runs").description("list, show, cancel, tag and archive stored runs")
  withGlobalOptions(runs.command("list"))
    .option("--backend <name>", "only this backend")
    .option("--kind <kind>", "score, generate or benchmark")
    .option("--status <status>", "queued, starting, running, succeeded, failed, cancelled or interrupted")
    .option("--tag <tag>", "only with this tag")
    .option("--suite <name>", "only of this suite")
    .option("--provenance <kind>", "real, mock, mock-fallback or unknown")
    .option("--since <time>", "created at or after this RFC 3339 time")
    .option("--limit <n>", "rows", "50")
    .option("--cursor <cursor>", "continue after an earlier page")
    .action(async ({ limit, ...flags }: ListFlags) => {
      await using studio = await openCliStudio(flags)
      const { items, nextCursor } = await studio.runs.list({ ...filterOf(flags), limit: rowsOf(limit) })
      if (flags.json)
        console.log(
          JSON.stringify({ items: items.map((item) => encode(RunSummaryCodec)(item)), next_cursor: nextCursor })
        )
      else console.log(listText(items, nextCursor))
      finish(exitCode.pass)
    })

  withGlobalOptions(runs.command("show"))
    .argument("<run>", "id or unambiguous prefix")
    .action(async (id: string, flags: GlobalOptions) => {
      await using studio = await openCliStudio(flags)
      await print(studio, await studio.runs.get(id), flags)
      finish(exitCode.pass)
    })

  withGlobalOptions(runs.command("cancel"))
    .argument("<run>", "id or unambiguous prefix")
    .action(async (id: string, flags: GlobalOptions) => {
      await using studio = await openCliStudio(flags)
      const { id: runId } = await studio.runs.cancel(id)
      await print(studio, await studio.runs.wait(runId), flags)
      finish(exitCode.pass)
    })

  withGlobalOptions(runs.command("tag"))
    .argument("<run>", "id or unambiguous prefix")
    .argument("[tags...]", "tags to add")
    .option("--remove <tag>", "a tag to take away", collect)
    .action(async (id: string, tags: readonly string[], flags: TagFlags) => {
      if (tags.length === 0 && flags.remove === undefined)
        throw new UsageError("Name a tag to add, or --remove one.", "studio runs tag RUN nightly")
      await using studio = await openCliStudio(flags)
      const run = await studio.runs.get(id)
      const kept = run.tags.filter((tag) => !flags.remove?.includes(tag))
      await print(studio, await studio.runs.annotate(run.id, { tags: [...new Set([...kept, ...tags])] }), flags)
      finish(exitCode.pass)
    })

  withGlobalOptions(runs.command("archive"))
    .argument("<run>", "id or unambiguous prefix")
    .option("--undo", "bring it back")
    .action(async (id: string, flags: GlobalOptions & { readonly undo?: boolean }) => {
      await using studio = await openCliStudio(flags)
      await print(studio, await studio.runs.annotate(id, { archived: flags.undo !== true }), flags)
      finish(exitCode.pass)
    })
}

/** The filters alone, without the options that every verb has. */
function filterOf({
  json: _json,
  data: _data,
  config: _config,
  quiet: _quiet,
  color: _color,
  ...filter
}: Omit<ListFlags, "limit">): RunFilter {
  return filter
}

function rowsOf(limit: string): number {
  const rows = Number(limit)
  if (!Number.isInteger(rows) || rows < 1 || rows > 1000)
    throw new UsageError(`--limit "${limit}" is not a number of rows.`, "Give 1 to 1000.", { path: "limit" })
  return rows
}

const print = async (studio: Studio, run: Run, flags: GlobalOptions) =>
  console.log(flags.json ? JSON.stringify(encode(RunCodec)(run)) : await runText(studio, run))

function listText(items: readonly RunSummary[], nextCursor: string | null): string {
  if (items.length === 0)
    return "No runs. Make one: studio score --backend a=mock:clean --query 'Is it?' --item ' x' --label ' yes'"
  const lines = table(
    items.map((run) => [
      run.id,
      run.createdAt.slice(0, 19).replace("T", " "),
      run.backend,
      run.kind,
      run.status,
      run.provenance,
      run.title
    ]),
    ""
  )
  return nextCursor === null ? lines : `${lines}\nmore: --cursor ${nextCursor}`
}
