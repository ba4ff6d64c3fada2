import type { AdapterMode, Studio } from "@sglang-studio/core"
import { Comparison as ComparisonCodec, encode, Run as RunCodec } from "@sglang-studio/core/codec"
import type { Comparison, Run, RunRequest } from "@sglang-studio/core/domain"
import { exitCode, exitCodeOfRuns } from "./exitCode.ts"
import type { GlobalOptions } from "./globalOptions.ts"
import { onStop } from "./onStop.ts"
import { openCliStudio } from "./openCliStudio.ts"
import { showProgress } from "./output/progress.ts"
import { comparisonText } from "./output/comparisonText.ts"
import { runText } from "./output/runText.ts"
import { UsageError } from "./output/reportError.ts"

interface RunFlags extends GlobalOptions {
  readonly backend: readonly string[]
  readonly tag?: readonly string[]
  readonly timeout?: number
}

/** One request on every backend at once, then the comparison: what `score`, `generate` and `bench` share. */
export async function runAndCompare(flags: RunFlags, request: RunRequest, mode?: AdapterMode): Promise<number> {
  if (flags.timeout !== undefined && !(flags.timeout > 0))
    throw new UsageError("--timeout must be a number of seconds above 0.", "--timeout 600", { path: "timeout_ms" })
  await using studio = await openCliStudio(flags)
  const interrupt = new AbortController()
  const listening = onStop(() => interrupt.abort())
  const runs = await execute(studio, flags, request, mode, interrupt.signal)
  listening[Symbol.dispose]()

  const comparison =
    runs.length > 1 && runs.every((run) => run.status === "succeeded")
      ? await studio.compare({ arms: runs.map((run) => ({ label: run.backend, runIds: [run.id] })) })
      : null
  await report(studio, flags, runs, comparison)
  return interrupt.signal.aborted ? exitCode.interrupted : exitCodeOfRuns(runs)
}

async function execute(
  studio: Studio,
  flags: RunFlags,
  request: RunRequest,
  mode: AdapterMode | undefined,
  signal: AbortSignal
): Promise<readonly Run[]> {
  const asked = flags.backend.map((backend) => ({
    backend,
    request,
    ...(mode === undefined ? {} : { adapterMode: mode }),
    ...(flags.timeout === undefined ? {} : { timeoutMs: flags.timeout * 1000 }),
    ...(flags.tag === undefined ? {} : { tags: flags.tag })
  }))
  // All are found good before anything is stored: a typo in the second must not leave a run of the first.
  for (const one of asked) await studio.runs.check(one)
  const submitted: Run[] = []
  for (const one of asked) submitted.push(await studio.runs.submit(one))
  const cancel = () => submitted.forEach((run) => void studio.runs.cancel(run.id))
  if (signal.aborted) cancel()
  else signal.addEventListener("abort", cancel, { once: true })
  const progress = showProgress(studio, submitted, flags.quiet ?? false)
  const finished = await Promise.all(submitted.map((run) => studio.runs.wait(run.id)))
  await progress.end()
  return finished
}

async function report(
  studio: Studio,
  flags: RunFlags,
  runs: readonly Run[],
  comparison: Comparison | null
): Promise<void> {
  if (flags.json) {
    console.log(
      JSON.stringify({
        runs: runs.map((run) => encode(RunCodec)(run)),
        comparison: comparison === null ? null : encode(ComparisonCodec)(comparison)
      })
    )
    return
  }
  for (const run of runs) console.log(await runText(studio, run))
  if (comparison !== null) console.log(comparisonText(comparison))
}
