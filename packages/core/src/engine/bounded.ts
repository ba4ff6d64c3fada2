import * as Effect from "effect/Effect"
import { RunFailure } from "./RunFailure.ts"

/** How long an adapter may take for what every operation begins with, and for a question outside of a run. */
const patience = "30 seconds"

/** One call of an adapter's member with the bound that holds everywhere. */
export const bounded = <A, E, R>(
  adapter: string,
  member: string,
  call: Effect.Effect<A, E, R>
): Effect.Effect<A, E | RunFailure, R> =>
  Effect.timeoutOrElse(call, {
    duration: patience,
    orElse: () =>
      Effect.fail(
        new RunFailure({
          code: "timeout",
          message: `The adapter ${adapter} gave no answer to \`${member}\` within ${patience}.`,
          hint: "Check that the backend is alive; if it is, the adapter waits for something that never comes."
        })
      )
  })
