import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"

/** Tells when something may have been written to the store, by this process or another. */
export interface Changes {
  /** Rises with every change. */
  readonly version: () => number
  /** Succeeds once the version is above this one. */
  readonly after: (version: number) => Effect.Effect<void>
  readonly notify: () => void
  /** Keeps the process alive while the effect runs, as a pending promise alone does not. */
  readonly hold: <A, E, R>(effect: Effect.Effect<A, E, R>) => Effect.Effect<A, E, R>
}

interface Pulse {
  readonly everyMs: number
  /** Called at every pulse while somebody holds or waits; true when the store has changed. */
  readonly look: () => boolean
  /** Called at every pulse. */
  readonly beat: () => void
}

/** One timer for all that has to be polled; it does not keep an idle process alive. */
export const makeChanges = ({ everyMs, look, beat }: Pulse): Effect.Effect<Changes, never, Scope.Scope> =>
  Effect.acquireRelease(
    Effect.sync(() => {
      let version = 0
      let holders = 0
      const waiting = new Set<() => void>()
      const notify = () => {
        version++
        const woken = [...waiting]
        waiting.clear()
        for (const wake of woken) wake()
      }
      const timer = setInterval(() => {
        if (holders > 0 && look()) notify()
        beat()
      }, everyMs).unref()
      const hold = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
        Effect.acquireUseRelease(
          Effect.sync(() => void (holders++ === 0 && timer.ref())),
          () => effect,
          () => Effect.sync(() => void (--holders === 0 && timer.unref()))
        )
      const after = (seen: number): Effect.Effect<void> =>
        hold(
          Effect.callback<void>((resume) => {
            if (version > seen) return resume(Effect.void)
            const wake = () => resume(Effect.void)
            waiting.add(wake)
            return Effect.sync(() => void waiting.delete(wake))
          })
        )
      return { version: () => version, after, notify, hold, stop: () => clearInterval(timer) }
    }),
    ({ stop }) => Effect.sync(stop)
  )
