import * as Effect from "effect/Effect"
import { durationOf, finishedRuns } from "../../campaign/finishedRuns.ts"
import { quantile } from "../../math/quantile.ts"
import type { RunStore } from "../../store/RunStore.ts"
import type { History } from "../../suite/estimate.ts"

/** How long the runs of a suite took in its newest campaigns, by key, as their median. */
export const historyOf = Effect.fnUntraced(function* (store: RunStore["Service"], suite: string) {
  const campaigns = yield* store.campaigns({ suite, limit: campaignsRead })
  const made = yield* Effect.forEach(campaigns, ({ id }) => store.campaignRuns(id))
  const finished = made.flatMap((runs) => [...finishedRuns(runs)]).filter(([, { status }]) => status === "succeeded")
  const byKey = Map.groupBy(finished, ([key]) => key)
  const history: History = (key) =>
    quantile(
      (byKey.get(key) ?? []).flatMap(([, run]) => durationOf(run) ?? []),
      0.5
    )
  return history
})

const campaignsRead = 10
