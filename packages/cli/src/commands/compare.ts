import { Comparison as ComparisonCodec, encode } from "@sglang-studio/core/codec"
import type { Arm, Comparison, Run } from "@sglang-studio/core/domain"
import type { Command } from "commander"
import { exitCode, exitCodeOfOutcome } from "../exitCode.ts"
import { withGlobalOptions, type GlobalOptions } from "../globalOptions.ts"
import { openCliStudio } from "../openCliStudio.ts"
import { comparisonMarkdown } from "../output/comparisonMarkdown.ts"
import { comparisonText } from "../output/comparisonText.ts"
import { UsageError } from "../output/reportError.ts"
import { writeText } from "../output/textFile.ts"

interface CompareFlags extends GlobalOptions {
  readonly baseline?: string
  readonly candidate?: string
  readonly gate?: boolean
  readonly allowMock?: boolean
  readonly confirm?: boolean
  readonly markdown?: string
}

/** `studio compare`: stored runs side by side; the first is the baseline. */
export function compareCommand(program: Command, finish: (code: number) => void): void {
  withGlobalOptions(program.command("compare"))
    .description("compare stored runs")
    .argument("[runs...]", "run ids or unambiguous prefixes; the first is the baseline")
    .option("--baseline <runs>", "runs of the baseline arm, separated by commas")
    .option("--candidate <runs>", "runs of the candidate arm, separated by commas")
    .option("--gate", "exit 1 on fail, 3 on inconclusive")
    .option("--allow-mock", "let a gate judge mock results")
    .option("--confirm", "make the checks that the comparison suggests, and compare again")
    .option("--markdown <file>", "also write a Markdown summary")
    .action(async (ids: readonly string[], flags: CompareFlags) => {
      await using studio = await openCliStudio(flags)
      const groups = await Promise.all(
        groupsOf(ids, flags).map((group) => Promise.all(group.map((id) => studio.runs.get(id))))
      )
      if (flags.gate && !flags.allowMock) refuseMocks(groups.flat())
      const first = await studio.compare({ arms: armsOf(groups) })
      const comparison = flags.confirm ? await studio.comparisons.confirm(first.id) : first
      if (flags.markdown !== undefined) writeText(flags.markdown, "--markdown", comparisonMarkdown(comparison))
      print(comparison, flags)
      finish(flags.gate ? exitCodeOfOutcome(comparison.verdict.outcome) : exitCode.pass)
    })
}

function groupsOf(ids: readonly string[], { baseline, candidate }: CompareFlags): readonly (readonly string[])[] {
  if (baseline !== undefined && candidate !== undefined && ids.length === 0) return [split(baseline), split(candidate)]
  if (baseline === undefined && candidate === undefined && ids.length >= 2) return ids.map((id) => [id])
  throw new UsageError(
    "A comparison needs two runs or more.",
    "studio compare RUN RUN…, or --baseline RUN,RUN… --candidate RUN,RUN…",
    { path: "arms" }
  )
}

const split = (list: string) =>
  list
    .split(",")
    .map((id) => id.trim())
    .filter((id) => id !== "")

/** An arm is named after its backend; a second of the same name carries its run id. */
function armsOf(groups: readonly (readonly Run[])[]): readonly Arm[] {
  return groups.map((runs, index) => {
    const name = runs[0]?.backend ?? `arm ${index + 1}`
    const taken = groups.some((other, at) => at !== index && other[0]?.backend === name)
    return { label: taken ? `${name} ${runs[0]?.id ?? index + 1}` : name, runIds: runs.map((run) => run.id) }
  })
}

function refuseMocks(runs: readonly Run[]): void {
  const mocks = runs.filter((run) => run.provenance === "mock" || run.provenance === "mock-fallback")
  if (mocks.length > 0)
    throw new UsageError(
      `A gate does not judge mock results: ${mocks.map((run) => `${run.id} (${run.backend}, ${run.provenance})`).join(", ")}.`,
      "Run on a real backend, or say --allow-mock.",
      { code: "mock-refused" }
    )
}

function print(comparison: Comparison, flags: GlobalOptions): void {
  console.log(flags.json ? JSON.stringify(encode(ComparisonCodec)(comparison)) : comparisonText(comparison).trimStart())
}
