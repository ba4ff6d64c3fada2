import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Semaphore from "effect/Semaphore"
import type { StoreError } from "../store/StoreError.ts"
import type { Changes } from "./Changes.ts"
import { makeDebts } from "./Debts.ts"
import { executeRun, type RunControl, type StopReason } from "./executeRun.ts"
import type { RunJob, Workplace } from "./measure.ts"
import { strayFailure } from "./RunFailure.ts"
import type { RunRecorder } from "./RunRecorder.ts"

/** The runs that this process executes: a fiber each, waiting their turn by backend, first come, first served. */
export interface RunQueue {
  readonly start: (lane: string, job: RunJob, recorder: RunRecorder) => void
  readonly has: (runId: string) => boolean
  /** Interrupts a run and waits for its end; nothing to do for a run that is not here. */
  readonly stop: (runId: string, reason: StopReason) => Effect.Effect<void>
  readonly stopAll: Effect.Effect<void>
  /** Runs that have begun end as failed by this from now on, those that wait and those that come as interrupted. */
  readonly breakOff: (thrown: unknown) => Effect.Effect<void>
  /** Waits for the end of a run; at once for a run that is not here. */
  readonly join: (runId: string) => Effect.Effect<void, StoreError>
}

interface InFlight {
  readonly fiber: Fiber.Fiber<void, StoreError>
  /** The first reason counts: a run that was cancelled stays so when the studio closes meanwhile. */
  reason: StopReason | null
}

export const makeRunQueue = (workplace: Workplace, changes: Changes, concurrency: number): RunQueue => {
  const lanes = new Map<string, Semaphore.Semaphore>()
  const inFlight = new Map<string, InFlight>()

  /** What nothing caught, in a box; null as long as all is well. */
  let stray: { readonly thrown: unknown } | null = null

  const debts = makeDebts(changes)

  const laneOf = (name: string): Semaphore.Semaphore => {
    const lane = lanes.get(name) ?? Semaphore.makeUnsafe(concurrency)
    lanes.set(name, lane)
    return lane
  }
  const stop = (runId: string, reason: StopReason): Effect.Effect<void> =>
    Effect.suspend(() => {
      const run = inFlight.get(runId)
      if (run === undefined) return Effect.void
      run.reason ??= reason
      return Fiber.interrupt(run.fiber)
    })
  const stopAll = Effect.suspend(() =>
    Effect.forEach([...inFlight.keys()], (runId) => stop(runId, "closing"), {
      concurrency: "unbounded",
      discard: true
    })
  )
  return {
    start: (lane, job, recorder) => {
      let begun = false
      const begin = Effect.suspend(() => {
        begun = stray === null
        return begun ? Effect.void : Effect.interrupt
      })
      const control: RunControl = {
        whenFree: (run) => laneOf(lane).withPermits(1)(Effect.andThen(begin, run)),
        stopReason: () => {
          const reason = inFlight.get(job.runId)?.reason ?? "closing"
          return reason === "closing" && begun && stray !== null
            ? strayFailure(job.executor.adapter.name, stray.thrown)
            : reason
        },
        settle: (end) => debts.settle(job.runId, end)
      }
      const leave = job.launch === null ? Effect.void : workplace.servers.expect(job.launch.backend)
      const fiber = Effect.runFork(
        changes.hold(executeRun(job, workplace, recorder, control).pipe(Effect.ensuring(leave)))
      )
      inFlight.set(job.runId, { fiber, reason: null })
      fiber.addObserver(() => {
        inFlight.delete(job.runId)
        changes.notify()
      })
    },
    has: (runId) => inFlight.has(runId),
    stop,
    stopAll: Effect.andThen(stopAll, debts.stop),
    breakOff: (thrown) =>
      Effect.suspend(() => {
        stray ??= { thrown }
        return stopAll
      }),
    join: (runId) =>
      Effect.suspend(() => {
        const run = inFlight.get(runId)
        if (run === undefined) return Effect.void
        // That the run was interrupted is no interruption of whoever waits for it.
        return Effect.flatMap(Fiber.await(run.fiber), (exit) =>
          Exit.isSuccess(exit) || Cause.hasInterruptsOnly(exit.cause) ? Effect.void : exit
        )
      })
  }
}
