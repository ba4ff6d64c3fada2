import * as Effect from "effect/Effect"
import { armOf, fileCase } from "../../campaign/cells.ts"
import { finishedRuns } from "../../campaign/finishedRuns.ts"
import type { Waiver } from "../../domain/baseline.ts"
import { isTime } from "../../domain/time.ts"
import type { RunStore } from "../../store/RunStore.ts"
import type { PromoteOptions, WaiveOptions } from "./CampaignStart.ts"
import { checkWaiver } from "./checkWaiver.ts"
import { StudioError } from "../StudioError.ts"

type Store = RunStore["Service"]

/** Makes the usable runs of a campaign what later ones are compared with, per case, point and backend. */
export const promote = Effect.fnUntraced(function* (store: Store, campaign: string, options: PromoteOptions) {
  const { name, reason, author, backend, allowMock = false } = options
  yield* needText({ name, reason, author })
  const { id, suite, status, backends, plan } = yield* store.campaign(campaign)
  if (status !== "succeeded" && status !== "failed")
    return yield* Effect.fail(
      refused("campaign-not-ended", `The campaign ${id} is ${status}.`, "Promote it when it has ended.", "campaign")
    )
  if (backend !== undefined && !backends.includes(backend))
    return yield* Effect.fail(
      refused(
        "unknown-backend",
        `The campaign ${id} did not run on "${backend}".`,
        `It ran on ${backends.join(", ")}.`,
        "backend"
      )
    )
  const made = finishedRuns(yield* store.campaignRuns(id))
  const usable = plan.runs.flatMap((planned) => {
    const run = made.get(planned.key)
    const counts = run !== undefined && run.status === "succeeded" && run.validity !== "invalid"
    const isAsked = backend === undefined || planned.backend === backend
    return counts && isAsked && planned.phase === "measured" ? [{ planned, run }] : []
  })
  if (usable.length === 0)
    return yield* Effect.fail(
      refused(
        "no-usable-runs",
        `The campaign ${id} has no run that succeeded and is valid.`,
        "`studio campaigns show` tells what became of each.",
        "campaign"
      )
    )
  if (!allowMock && usable.some(({ run }) => run.provenance !== "real"))
    return yield* Effect.fail(
      refused(
        "mock-refused",
        `The campaign ${id} holds results that are not real.`,
        "Say --allow-mock to make them a baseline all the same.",
        "campaign"
      )
    )
  const arms = Map.groupBy(usable, ({ planned }) => armOf(suite, planned))
  return yield* store.promoteBaselines(
    [...arms.values()].map((runs) => {
      const { planned } = runs[0]!
      return {
        name,
        suite: suite.suite,
        case: fileCase(suite, planned.case),
        point: planned.point,
        backend: planned.backend,
        runIds: runs.map(({ run }) => run.id),
        campaign: id,
        reason,
        author
      }
    })
  )
})

/** Excuses a gate that there is until a time that is yet to come. */
export const waive = Effect.fnUntraced(function* (store: Store, options: WaiveOptions) {
  const { suite, gate, reason, author } = options
  yield* needText({ suite, gate, reason, author })
  const until = new Date(options.until)
  if (!isTime(options.until) || until.getTime() <= Date.now())
    return yield* Effect.fail(
      refused(
        "invalid-request",
        `"${options.until}" is no time to come.`,
        "Give the day on which it expires, such as 2027-01-31.",
        "until"
      )
    )
  yield* checkWaiver(store, options)
  const waiver: Waiver = yield* store.createWaiver({
    suite,
    gate,
    case: options.case ?? null,
    point: options.point ?? null,
    backend: options.backend ?? null,
    reason,
    author,
    expiresAt: until.toISOString()
  })
  return waiver
})

const needText = (texts: { readonly [field: string]: string }): Effect.Effect<void, StudioError> => {
  const empty = Object.entries(texts).find(([, text]) => text.trim() === "")
  return empty === undefined
    ? Effect.void
    : Effect.fail(refused("invalid-request", `The ${empty[0]} is empty.`, "Say it in a few words.", empty[0]))
}

const refused = (code: string, message: string, hint: string, path: string): StudioError =>
  new StudioError({ code, message, hint, path })
