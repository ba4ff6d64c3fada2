import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import type { RunResult } from "../adapter/Adapter.ts"
import type { RunLogEvent } from "../domain/event.ts"
import type { StoreError } from "../store/StoreError.ts"
import { measure, type Progress, type RunJob, type Workplace } from "./measure.ts"
import { fromStore, RunFailure } from "./RunFailure.ts"
import type { RunRecorder } from "./RunRecorder.ts"
import { secretRedacted } from "./secretRedacted.ts"

/** Why a run is stopped: a person said so, or the studio that executes it closes. */
export type StopReason = "cancelled" | "closing"

/** How a run stands among others. */
export interface RunControl {
  readonly whenFree: <A, E>(effect: Effect.Effect<A, E>) => Effect.Effect<A, E>
  /** A failure where a fault outside of the run stops it. */
  readonly stopReason: () => StopReason | RunFailure
  /** Stores the run's end, now or when it can be. */
  readonly settle: (end: Effect.Effect<void, StoreError>) => Effect.Effect<void, StoreError>
}

/**
 * Takes one run from queued to its end, whatever happens: it succeeds, fails, or, when the fiber is interrupted, is
 * cancelled. `whenFree` waits for its turn. Fails only when the end itself cannot be stored.
 */
export const executeRun = (
  job: RunJob,
  workplace: Workplace,
  recorder: RunRecorder,
  { whenFree, stopReason, settle }: RunControl
): Effect.Effect<void, StoreError> =>
  Effect.uninterruptibleMask((restore) =>
    Effect.gen(function* () {
      const exit = yield* Effect.exit(restore(whenFree(attempt(job, workplace, recorder))))
      const last: readonly RunLogEvent[] = [
        ...secretFinding(recorder),
        ...(Exit.isSuccess(exit) ? success(exit.value, recorder) : failure(exit.cause, stopReason(), recorder))
      ]
      yield* settle(recorder.finish(last))
    })
  )

const attempt = (job: RunJob, workplace: Workplace, recorder: RunRecorder) =>
  Effect.gen(function* () {
    yield* recorder.add({ type: "status", status: "starting", error: null })
    const progress: Progress = { started: false, result: null }
    const first = measure(job, job.executor, progress, workplace, recorder)
    const { fallback } = job
    const answered =
      fallback === null
        ? first
        : first.pipe(
            Effect.catchTag("RunFailure", (failed) => {
              if (progress.started || !isAbsence(failed.code)) return Effect.fail(failed)
              const { code, message } = failed
              return recorder
                .add({ type: "fallback", code, message: recorder.redactor.text(message) })
                .pipe(Effect.andThen(measure({ ...job, probedAs: null }, fallback, progress, workplace, recorder)))
            })
          )
    return yield* withTimeout(job.timeoutMs, progress, Effect.raceFirst(answered, flushForever(recorder)))
  })

const isAbsence = (code: string): boolean => code === "not-installed" || code === "unreachable"

const flushForever = (recorder: RunRecorder) => Effect.forever(Effect.delay(recorder.flush, "50 millis"))

/** An answer that is there stays one, however long its backend takes to close. */
const withTimeout = <E>(
  timeoutMs: number | null,
  progress: Progress,
  effect: Effect.Effect<RunResult, E>
): Effect.Effect<RunResult, E | RunFailure> =>
  timeoutMs === null
    ? effect
    : Effect.timeoutOrElse(effect, {
        duration: timeoutMs,
        orElse: () => (progress.result === null ? Effect.fail(tookLonger(timeoutMs)) : Effect.succeed(progress.result))
      })

const tookLonger = (timeoutMs: number): RunFailure =>
  new RunFailure({
    code: "timeout",
    message: `The run took longer than its ${timeoutMs / 1000} s.`,
    hint: "Give it more time with --timeout, or ask for less."
  })

const success = (result: RunResult, { redactor }: RunRecorder): readonly RunLogEvent[] => [
  {
    type: "result",
    score: result.kind === "score" ? scoreOf(result) : null,
    output: result.kind === "generate" ? result.output : null,
    metrics: result.kind === "profile" ? {} : result.metrics,
    rawMetrics: result.kind === "profile" ? null : redactor.json(result.raw)
  },
  { type: "status", status: "succeeded", error: null }
]

const scoreOf = ({ items, labels, scores, logprobs, oneByOne }: Extract<RunResult, { kind: "score" }>) => ({
  items,
  labels,
  scores,
  logprobs,
  oneByOne
})

const failure = (
  cause: Cause.Cause<RunFailure | StoreError>,
  reason: StopReason | RunFailure,
  { redactor }: RunRecorder
): readonly RunLogEvent[] => {
  const interrupted = Cause.hasInterruptsOnly(cause)
  if (interrupted && typeof reason === "string") return stopped(reason)
  const failed = toFailure(interrupted ? reason : Cause.squash(cause))
  const { code, message, hint, detail = "" } = failed
  return [
    ...detail
      .split("\n")
      .filter((line) => line.trim() !== "")
      .map((line): RunLogEvent => ({ type: "log", line: redactor.text(line) })),
    {
      type: "status",
      status: "failed",
      error: { code, message: redactor.text(message), hint: hint === null ? null : redactor.text(hint) }
    }
  ]
}

const stopped = (reason: StopReason): readonly RunLogEvent[] =>
  reason === "cancelled"
    ? [{ type: "status", status: "cancelled", error: null }]
    : [
        { type: "log", line: "The studio that executed the run was closed." },
        {
          type: "status",
          status: "interrupted",
          error: {
            code: "interrupted",
            message: "The studio that executed the run was closed.",
            hint: "Repeat the run."
          }
        }
      ]

const toFailure = (error: unknown): RunFailure => {
  if (hasTag(error, "RunFailure")) return error as RunFailure
  if (hasTag(error, "StoreError")) return fromStore(error as StoreError)
  return new RunFailure({ code: "defect", message: String(error), hint: "This is a defect of the studio; report it." })
}

const hasTag = (error: unknown, tag: string): boolean =>
  typeof error === "object" && error !== null && "_tag" in error && error._tag === tag

const secretFinding = (recorder: RunRecorder): readonly RunLogEvent[] => {
  const beside = recorder.untoldSecrets()
  return beside.length === 0 ? [] : [{ type: "finding", finding: secretRedacted(beside) }]
}
