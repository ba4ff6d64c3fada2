import { readFileSync } from "node:fs"
import type { ParityReport, Studio } from "@sglang-studio/core"
import {
  Comparison as ComparisonCodec,
  ConsistencyReport as ConsistencyReportCodec,
  encode,
  readCaseLines,
  ReferenceReport as ReferenceReportCodec,
  Run as RunCodec
} from "@sglang-studio/core/codec"
import type { CaseSpec } from "@sglang-studio/core/domain"
import { worstOutcome } from "@sglang-studio/core/gate"
import type { Command } from "commander"
import { withBackends } from "../backendOption.ts"
import { exitCode, exitCodeOfOutcome, exitCodeOfRuns } from "../exitCode.ts"
import { collect, withGlobalOptions, type GlobalOptions } from "../globalOptions.ts"
import { openCliStudio } from "../openCliStudio.ts"
import { showStages } from "../output/progress.ts"
import { isAlone, parityText } from "../output/parityText.ts"
import { UsageError } from "../output/reportError.ts"
import { untilInterrupted } from "../untilInterrupted.ts"

export interface ParityFlags extends GlobalOptions {
  readonly backend: readonly string[]
  readonly self?: boolean
  readonly noiseFloor?: number
  readonly reference?: string
  readonly gate?: boolean
  readonly allowMock?: boolean
  readonly tag?: readonly string[]
  readonly timeout?: number
}

interface CaseFlags extends ParityFlags {
  readonly cases?: string
  readonly case?: readonly string[]
}

/** `studio parity`: whether two backends agree, level by level, and where not, why. */
export function parityCommand(program: Command, finish: (code: number) => void): void {
  withParityOptions(withGlobalOptions(program.command("parity")))
    .description("put the same cases to several backends, find where they part, and why")
    .option("--cases <file>", "cases, one JSON object a line; - reads them from stdin")
    .option("--case <name>", "a stored case; repeat for more (default: all)", collect)
    .action(async (flags: CaseFlags) => {
      const given = flags.cases === undefined ? undefined : readCases(flags.cases)
      await using studio = await openCliStudio(flags)
      const cases = given ?? (flags.case && (await Promise.all(flags.case.map((name) => studio.cases.get(name)))))
      finish(await runParity(flags, (options) => studio.parity({ ...options, ...(cases && { cases }) })))
    })
}

/** What `parity` and `cases run` share. */
export const withParityOptions = (command: Command): Command =>
  withBackends(command)
    .option("--self", "check every backend against itself, in all ways that it can be asked")
    .option("--noise-floor <n>", "how often each side is measured against itself", wholeNumber)
    .option("--reference <spec>", "a backend that is trusted, such as one in float32: tells which side is off")
    .option("--gate", "exit 1 on fail, 3 on inconclusive")
    .option("--allow-mock", "let a gate judge mock results")
    .option("--tag <tag>", "tag the runs", collect)
    .option("--timeout <seconds>", "end a run that takes longer", Number)

type Options = Omit<Parameters<Studio["parity"]>[0], "cases">

/** Runs the check with progress, prints what it found, and returns the exit code. */
export async function runParity(flags: ParityFlags, run: (options: Options) => Promise<ParityReport>): Promise<number> {
  if (flags.timeout !== undefined && !(flags.timeout > 0))
    throw new UsageError("--timeout must be a number of seconds above 0.", "--timeout 600", { path: "timeout_ms" })
  const progress = showStages(flags.quiet ?? false)
  const report = await untilInterrupted((signal) =>
    run({
      backends: flags.backend,
      signal,
      onProgress: progress.show,
      ...(flags.self && { self: true }),
      ...(flags.noiseFloor !== undefined && { noiseFloor: flags.noiseFloor }),
      ...(flags.reference !== undefined && { reference: flags.reference }),
      ...(flags.gate && { gate: true }),
      ...(flags.allowMock && { allowMock: true }),
      ...(flags.tag !== undefined && { tags: flags.tag }),
      ...(flags.timeout !== undefined && { timeoutMs: flags.timeout * 1000 })
    })
  ).finally(progress.end)
  if (report === null) {
    if (flags.json) console.log(JSON.stringify({ error: interrupted }))
    else console.error(`${interrupted.message} What was answered until then is stored: studio runs list`)
    return exitCode.interrupted
  }
  console.log(flags.json ? JSON.stringify(reportJson(report)) : parityText(report))
  return codeOf(report, flags.gate ?? false)
}

const interrupted = { code: "interrupted", message: "The check was interrupted.", hint: "Run it again." }

const reportJson = ({ comparison, levels, runs, selfChecks, reference }: ParityReport) => ({
  comparison: encode(ComparisonCodec)(comparison),
  levels,
  runs: runs.map((run) => encode(RunCodec)(run)),
  self_checks: selfChecks.map((report) => encode(ConsistencyReportCodec)(report)),
  reference: reference === null ? null : encode(ReferenceReportCodec)(reference)
})

/** A backend that did not answer makes a gate undecided for a reason of its own. */
function codeOf(report: ParityReport, gate: boolean): number {
  const { comparison, runs, selfChecks } = report
  const asked = exitCodeOfRuns(runs.filter(({ resend }) => resend === null))
  if (!gate) return asked
  const outcomes = [comparison.verdict.outcome, ...selfChecks.map(({ outcome }) => outcome)]
  if (outcomes.includes("fail")) return exitCode.fail
  if (asked === exitCode.backend) return asked
  // One backend against itself needs no thirty prompts: what it says of itself is the verdict.
  return exitCodeOfOutcome(worstOutcome(isAlone(report) ? outcomes.slice(1) : outcomes))
}

/** Cases of a file; every bad line is told with its number, its field and what it should be. */
export function readCases(file: string): readonly CaseSpec[] {
  const { cases, problems } = readCaseLines(readCaseText(file))
  if (problems.length === 0 && cases.length > 0) return cases
  const name = file === "-" ? "stdin" : file
  if (problems.length === 0)
    throw new UsageError(`${name} has no cases.`, caseForm, { code: "invalid-cases", path: "cases" })
  const [first] = problems
  const told = problems
    .slice(0, 5)
    .map(({ line, field, message }) => `${name}:${line}: ${field === "" ? "" : `${field}: `}${message}`)
  const more = problems.length > 5 ? `\n  and ${problems.length - 5} more` : ""
  throw new UsageError(told.join("\n  ") + more, caseForm, {
    code: "invalid-cases",
    path: first === undefined || first.field === "" ? "cases" : first.field
  })
}

export function readCaseText(file: string): string {
  try {
    return readFileSync(file === "-" ? 0 : file, "utf8")
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${(error as Error).message}`, "Check the path.", { path: "cases" })
  }
}

const caseForm =
  'A line is {"name": "…", "prompt": "…"}; in place of prompt stand input_ids ([1, 2]) or score ({"query", "items", "labels" or "label_token_ids"}).'

function wholeNumber(value: string): number {
  const number = Number(value)
  if (Number.isInteger(number) && number >= 0) return number
  throw new UsageError(`"${value}" is no number of repeats.`, "Give a whole number from 0.", { path: "noise_floor" })
}
