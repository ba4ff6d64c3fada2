import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import { durationOf, finishedRuns, type MadeRun } from "../../campaign/finishedRuns.ts"
import { looksOf } from "../../campaign/looks.ts"
import { firstUnfinished, nextStep, type Step } from "../../campaign/nextStep.ts"
import { elapsedMs } from "../../campaign/progress.ts"
import { seatOf, type Seat } from "../../campaign/seatOf.ts"
import { warmAgain } from "../../campaign/warmAgain.ts"
import type { CampaignRecord, CampaignState } from "../../domain/campaign.ts"
import type { Plan, PlannedRun } from "../../domain/plan.ts"
import { caseNamed } from "../../domain/suite.ts"
import { planSuite } from "../../suite/planSuite.ts"
import { requestAt, tagsAt } from "../../suite/planned.ts"
import type { StopReason } from "../executeRun.ts"
import type { Servers } from "../lifecycle/Servers.ts"
import type { RunQueue } from "../RunQueue.ts"
import type { Runs } from "../Runs.ts"
import type { Shelf } from "../compareRuns.ts"
import { extendPlan } from "../../campaign/extendPlan.ts"
import { type JudgedRun, makeJudge } from "./Judge.ts"
import type { Side } from "./Side.ts"

export interface Workshop {
  readonly shelf: Shelf
  readonly runs: Runs
  readonly queue: RunQueue
  readonly servers: Servers
}

/** What others may ask of a campaign while it runs. */
export interface Wishes {
  readonly pause: () => boolean
  /** Why a run is stopped when the campaign is. */
  readonly stopReason: () => StopReason
}

/** How a campaign came to rest by itself. */
export type Rest =
  | { readonly _tag: "paused"; readonly state: CampaignState }
  | {
      readonly _tag: "ended"
      readonly state: CampaignState
      readonly failed: number
      readonly planned: number
      readonly done: number
    }

/**
 * Makes the runs of a campaign that are not finished yet, one after the other, and keeps its cells up to date. A run
 * counts once it has succeeded or failed; whatever else became of it, it is made again. When the effect is interrupted,
 * the run that is being made is stopped and its server with it.
 */
export const runCampaign = Effect.fnUntraced(function* (
  { shelf, runs, queue, servers }: Workshop,
  record: CampaignRecord,
  sides: readonly Side[],
  wishes: Wishes
) {
  const { store } = shelf
  const { id, suite, options } = record
  const sideOf = new Map(sides.map((side) => [side.backend.name, side]))
  const looks = looksOf(suite, options.untilDecided)
  const judge = yield* makeJudge(shelf, record, looks)
  const made = finishedRuns(yield* store.campaignRuns(id))
  const done = new Map<string, Pick<MadeRun, "id" | "status">>(made)
  const durations = new Map([...made].map(([key, run]) => [key, durationOf(run) ?? 0]))
  let { plan, state } = record
  /** Index in the plan before which every run is finished. */
  let from = 0
  /** Somebody cancelled the run of this key: it is no decision to make it again at once. */
  let givenUp = false
  let savedAt = 0

  const judged = (): readonly JudgedRun[] =>
    plan.runs.flatMap((planned) => {
      const run = done.get(planned.key)
      return planned.phase === "measured" && run !== undefined ? [{ planned, runId: run.id }] : []
    })

  const save = (changes: { readonly plan?: Plan; readonly state?: Partial<CampaignState> } = {}) =>
    Effect.suspend(() => {
      const now = Date.now()
      state = {
        ...state,
        activeMs: elapsedMs(state, now),
        since: new Date(now).toISOString(),
        cells: judge.cells(),
        ...changes.state
      }
      if (changes.plan !== undefined) {
        plan = changes.plan
        from = 0
      }
      savedAt = performance.now()
      return store.saveCampaign(id, { state, ...(changes.plan && { plan }) })
    })

  const next = (): Step => {
    from = firstUnfinished(plan, done, from)
    return nextStep({
      plan,
      done: durations,
      from,
      looks,
      decided: judge.decided(),
      openToRepeats: judge.isOpenToRepeats(),
      untilDecided: options.untilDecided,
      extended: state.extended,
      paused: givenUp || wishes.pause(),
      wall: { limitMs: suite.budget.wallMs, spentMs: elapsedMs(state, Date.now()) }
    })
  }

  /** Finished runs that no look has taken in yet. */
  let unseen: PlannedRun[] = []
  const lastLook = { at: 0, tookMs: 0 }

  /**
   * A look reads all runs of a cell, so that one after every run would cost more and more. What is decided by looks is
   * decided between blocks; within a block they only keep a reader up to date.
   */
  const lookWhenDue = Effect.fnUntraced(function* (last: PlannedRun) {
    const following = plan.runs[firstUnfinished(plan, done, from)]
    const now = performance.now()
    if (following?.block === last.block && now - lastLook.at < Math.max(shortestLookMs, 20 * lastLook.tookMs))
      return false
    const seen = unseen
    unseen = []
    yield* judge.look(judged(), seen)
    lastLook.at = performance.now()
    lastLook.tookMs = lastLook.at - now
    return true
  })

  const make = Effect.fnUntraced(function* (planned: PlannedRun) {
    const run = yield* Effect.acquireUseRelease(
      runs.submit(toSubmit(record, planned, sideOf.get(planned.backend))),
      ({ id }) => runs.wait(id),
      ({ id }, exit) => (Exit.isSuccess(exit) ? Effect.void : queue.stop(id, wishes.stopReason()))
    )
    if (run.status !== "succeeded" && run.status !== "failed") {
      givenUp = true
      return
    }
    done.set(planned.key, { id: run.id, status: run.status })
    durations.set(planned.key, durationOf(run) ?? 0)
    if (planned.phase === "measured") unseen.push(planned)
    // The runs themselves are stored; what is saved besides only keeps a reader up to date.
    if ((yield* lookWhenDue(planned)) || performance.now() - savedAt > shortestLookMs) yield* save()
  })

  const seatAt = (planned: PlannedRun): Seat => {
    const side = sideOf.get(planned.backend)
    return side === undefined ? { _tag: "anywhere" } : seatOf(suite, planned, side.plan)
  }

  /** The runs in a row that the server of one key serves, and those between them that need none of ours. */
  const makeAt = (key: string) =>
    Effect.gen(function* () {
      for (let step = next(); step._tag === "run"; step = next()) {
        const seat = seatAt(step.run)
        if (seat._tag === "alone" || (seat._tag === "server" && seat.key !== key)) return
        yield* make(step.run)
      }
    })

  // What was made before a crash may not have been looked at.
  yield* judge.look(
    judged(),
    judged().map(({ planned }) => planned)
  )
  yield* save({ plan: warmAgain(suite, plan, done, seatAt) })
  for (;;) {
    const step = next()
    if (step._tag === "run") {
      const seat = seatAt(step.run)
      const side = sideOf.get(step.run.backend)
      if (seat._tag === "server" && side !== undefined)
        yield* servers.withServer(side.backend, seat.args, makeAt(seat.key))
      else yield* make(step.run)
      continue
    }
    if (step._tag === "extend") {
      const backends = sides.map((side) => side.plan)
      const longer = planSuite({ suite: { ...suite, repeats: 2 * suite.repeats }, backends, history: () => null })
      const extended = extendPlan(suite, plan, longer, judge.cells())
      // The server that the plan counts on has been stopped by now.
      yield* save({ plan: warmAgain(suite, extended, done, seatAt), state: { extended: true } })
      continue
    }
    if (step._tag === "pause") {
      yield* save()
      return { _tag: "paused", state } satisfies Rest
    }
    yield* judge.conclude(judged())
    yield* save({ state: { stopped: step.reason, finishedAt: new Date().toISOString() } })
    const measured = plan.runs.filter(({ phase }) => phase === "measured")
    return {
      _tag: "ended",
      state,
      planned: measured.length,
      done: judged().length,
      failed: measured.filter(({ key }) => done.get(key)?.status === "failed").length
    } satisfies Rest
  }
})

const shortestLookMs = 500

const toSubmit = ({ id, suite }: CampaignRecord, planned: PlannedRun, side: Side | undefined) => {
  const { backend, ...place } = planned
  const timeoutMs = caseNamed(suite, planned.case)?.timeoutMs ?? null
  return {
    backend,
    request: requestAt(suite, planned),
    tags: [`suite:${suite.suite}`, `campaign:${id}`, `case:${planned.case}`, ...tagsAt(suite, planned)],
    campaign: { id, suite: suite.suite, ...place },
    ...(side !== undefined && { adapterMode: side.mode }),
    ...(timeoutMs !== null && { timeoutMs })
  }
}
