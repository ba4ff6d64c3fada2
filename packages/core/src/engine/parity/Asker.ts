import * as Effect from "effect/Effect"
import type { Resend } from "../../domain/resend.ts"
import type { Run } from "../../domain/run.ts"
import type { RunRequest } from "../../domain/workload.ts"
import type { StoreError } from "../../store/StoreError.ts"
import type { Runs } from "../Runs.ts"
import type { ParityProgress } from "./ParityOptions.ts"
import type { StudioError } from "../StudioError.ts"

/** One run that is wanted. */
export interface Ask {
  readonly backend: string
  readonly name: string
  readonly request: RunRequest
  readonly resend?: Resend
}

/** Puts questions to backends and waits for the answers; runs of one backend keep their order. */
export interface Asker {
  /** A failed run is an answer. When the effect is interrupted, what still runs is cancelled. */
  readonly ask: (
    stage: ParityProgress["stage"],
    asks: readonly Ask[]
  ) => Effect.Effect<readonly Run[], StudioError | StoreError>
}

interface Settings {
  readonly tags: readonly string[]
  readonly timeoutMs?: number
  readonly onProgress?: (progress: ParityProgress) => void
}

export const makeAsker = (runs: Runs, { tags, timeoutMs, onProgress = () => {} }: Settings): Asker => ({
  ask: (stage, asks) =>
    Effect.suspend(() => {
      const submitted: Run[] = []
      let done = 0
      const tell = () => onProgress({ stage, done, total: asks.length })
      const submit = Effect.forEach(
        asks,
        ({ backend, name, request, resend }) =>
          Effect.tap(
            runs.submit({
              backend,
              request,
              tags: [`case:${name}`, ...tags],
              ...(timeoutMs !== undefined && { timeoutMs }),
              ...(resend !== undefined && { resend })
            }),
            (run) => Effect.sync(() => submitted.push(run))
          ),
        { concurrency: 32 }
      )
      const finish = (run: Run) =>
        Effect.tap(runs.wait(run.id), () =>
          Effect.sync(() => {
            done++
            tell()
          })
        )
      tell()
      return submit.pipe(
        Effect.flatMap((queued) => Effect.forEach(queued, finish, { concurrency: "unbounded" })),
        Effect.onInterrupt(() =>
          Effect.forEach(submitted, ({ id }) => Effect.ignore(runs.cancel(id)), {
            concurrency: "unbounded",
            discard: true
          })
        )
      )
    })
})
