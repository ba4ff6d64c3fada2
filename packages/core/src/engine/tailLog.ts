import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import type { RunLogEntry } from "../domain/event.ts"
import { isFinished } from "../domain/run.ts"
import type { RunStore } from "../store/RunStore.ts"
import type { StoreError } from "../store/StoreError.ts"
import type { Changes } from "./Changes.ts"

/** Entries after `after`, whoever wrote them, and then the new ones as they come; of one run, until it has finished. */
export const tailLog = (
  store: RunStore["Service"],
  changes: Changes,
  query: { readonly runId?: string; readonly after: number }
): Stream.Stream<RunLogEntry, StoreError> => {
  const { runId } = query
  const hasEnded =
    runId === undefined ? Effect.succeed(false) : Effect.map(store.get(runId), (run) => isFinished(run.status))
  return Stream.paginate(
    query.after,
    Effect.fnUntraced(function* (after: number) {
      for (;;) {
        const version = changes.version()
        // Asked before the entries are read: what a finished run wrote is then among them.
        const ended = yield* hasEnded
        const entries = yield* store.entries({ ...(runId === undefined ? {} : { runId }), after, limit: pageSize })
        const last = entries.at(-1)
        if (last !== undefined)
          return [entries, ended && entries.length < pageSize ? Option.none() : Option.some(last.seq)] as const
        if (ended) return [[], Option.none<number>()] as const
        yield* changes.after(version)
      }
    })
  )
}

const pageSize = 500
