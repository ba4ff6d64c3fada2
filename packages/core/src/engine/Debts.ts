import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Schedule from "effect/Schedule"
import { isPassing, type StoreError } from "../store/StoreError.ts"
import type { Changes } from "./Changes.ts"

/** Ends that the store could not take: whoever waits is told so, and they are stored once it can. */
export interface Debts {
  /** Stores the end of a run or campaign. Fails where it cannot be now; it is tried again by itself then. */
  readonly settle: (id: string, end: Effect.Effect<void, StoreError>) => Effect.Effect<void, StoreError>
  /** Why the end of it is not stored; null where it is, or has not come. */
  readonly of: (id: string) => StoreError | null
  /** Gives up what is still owed. */
  readonly stop: Effect.Effect<void>
}

export const makeDebts = (changes: Changes): Debts => {
  const owed = new Map<string, { readonly fiber: Fiber.Fiber<void, StoreError>; readonly error: StoreError }>()
  const owe = (id: string, end: Effect.Effect<void, StoreError>, error: StoreError): void => {
    const fiber = Effect.runFork(Effect.retry(end, { while: isPassing, schedule: Schedule.spaced("1 second") }))
    owed.set(id, { fiber, error })
    fiber.addObserver((exit) => {
      // What can never be stored stays owed.
      if (Exit.isSuccess(exit)) owed.delete(id)
      changes.notify()
    })
  }
  return {
    settle: (id, end) =>
      end.pipe(
        Effect.retry({ times: 5, schedule: Schedule.exponential("50 millis") }),
        Effect.tapError((error) => Effect.sync(() => owe(id, end, error)))
      ),
    of: (id) => owed.get(id)?.error ?? null,
    stop: Effect.suspend(() => Fiber.interruptAll(Array.from(owed.values(), ({ fiber }) => fiber)))
  }
}
