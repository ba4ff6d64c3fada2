import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import { campaignOf } from "../../campaign/campaignOf.ts"
import { campaignVerdict } from "../../campaign/campaignVerdict.ts"
import { elapsedMs } from "../../campaign/progress.ts"
import type { Campaign, CampaignOptions, CampaignRecord, CampaignState, CampaignStatus } from "../../domain/campaign.ts"
import type { Plan } from "../../domain/plan.ts"
import type { Suite } from "../../domain/suite.ts"
import { canonicalJson } from "../../math/canonicalJson.ts"
import { currentOwner } from "../../store/owner.ts"
import type { CampaignRequest } from "../../store/RunStore.ts"
import type { StoreError } from "../../store/StoreError.ts"
import type { Changes } from "../Changes.ts"
import { makeDebts } from "../Debts.ts"
import { StudioError } from "../StudioError.ts"
import { checkBaseline, mockProblem, planCampaign, previewPlan } from "./planCampaign.ts"
import { type Rest, runCampaign, type Workshop } from "./runCampaign.ts"
import { changedSettings } from "./sideSettings.ts"
import { lookAtSides, resolveSides, type Side, type SideMeans } from "./Side.ts"

type Failure = StudioError | StoreError

/** The life of campaigns. This process is at some; others may be at others of the same store. */
export interface Campaigns {
  /** What `start` would do; nothing is stored. */
  readonly plan: (suite: Suite, backends: readonly string[], options: CampaignOptions) => Effect.Effect<Plan, Failure>
  /** Plans it, stores it and begins. */
  readonly start: (
    suite: Suite,
    backends: readonly string[],
    options: CampaignOptions
  ) => Effect.Effect<Campaign, Failure>
  /**
   * Goes on with one that is at rest and has not ended. What is said of it again must be what it began with; where a
   * gate is to judge it, it must be what a gate may judge.
   */
  readonly resume: (
    idOrPrefix: string,
    terms: {
      readonly backends?: readonly string[]
      readonly suite?: Suite
      readonly gate?: Pick<CampaignOptions, "allowMock">
    }
  ) => Effect.Effect<Campaign, Failure>
  readonly get: (idOrPrefix: string) => Effect.Effect<Campaign, Failure>
  /** What it ran. */
  readonly suite: (idOrPrefix: string) => Effect.Effect<Suite, Failure>
  readonly list: (filter: {
    readonly limit?: number
    readonly suite?: string
  }) => Effect.Effect<readonly Campaign[], Failure>
  /** Resolves when nobody is at it any more. */
  readonly wait: (id: string, onProgress?: (campaign: Campaign) => void) => Effect.Effect<Campaign, Failure>
  /** Stops the run that is being made. Idempotent; one that has ended stays as it is. */
  readonly cancel: (idOrPrefix: string) => Effect.Effect<Campaign, Failure>
  /** After the run that is being made. */
  readonly pause: (idOrPrefix: string) => Effect.Effect<Campaign, Failure>
  /** What a process was asked, by another one or by itself. */
  readonly heed: (id: string, request: CampaignRequest) => void
  /** Leaves all that this process is at, for others to go on with. */
  readonly stopAll: Effect.Effect<void>
}

interface Parts extends Workshop, SideMeans {
  readonly changes: Changes
}

interface Sitting {
  readonly fiber: Fiber.Fiber<void, StoreError>
  /** The first wish to end it counts. */
  wish: "cancel" | "pause" | "close" | null
}

export const makeCampaigns = (parts: Parts): Campaigns => {
  const { shelf, changes } = parts
  const { store } = shelf
  const sittings = new Map<string, Sitting>()
  const debts = makeDebts(changes)

  const sit = (record: CampaignRecord, sides: readonly Side[]): void => {
    const { id } = record
    const wish = () => sittings.get(id)?.wish ?? null
    const work = runCampaign(parts, record, sides, {
      pause: () => wish() === "pause",
      stopReason: () => (wish() === "close" ? "closing" : "cancelled")
    })
    const sitting = Effect.uninterruptibleMask((restore) =>
      Effect.gen(function* () {
        const exit = yield* Effect.exit(restore(work))
        const [ended, wished] = [Date.now(), wish()]
        const end = Effect.flatMap(store.campaign(id), (left) => {
          const { state } = left
          const rested = Exit.isSuccess(exit)
            ? restedBy(exit.value)
            : Cause.hasInterruptsOnly(exit.cause)
              ? leftBy(wished)
              : brokenBy(Cause.squash(exit.cause), left)
          return store.restCampaign(id, rested.status, {
            ...state,
            activeMs: elapsedMs(state, ended),
            ...rested.state
          })
        })
        yield* debts.settle(id, end)
      })
    )
    const fiber = Effect.runFork(changes.hold(sitting))
    sittings.set(id, { fiber, wish: null })
    fiber.addObserver(() => {
      // Another one may have sat down meanwhile.
      if (sittings.get(id)?.fiber === fiber) sittings.delete(id)
      changes.notify()
    })
  }

  const show = (record: CampaignRecord) =>
    Effect.map(store.campaignRuns(record.id), (runs) => campaignOf(record, runs, Date.now()))
  const get = (idOrPrefix: string) => Effect.flatMap(store.campaign(idOrPrefix), show)

  const start = Effect.fnUntraced(function* (suite: Suite, backends: readonly string[], options: CampaignOptions) {
    const { seed, sides } = yield* planCampaign({ ...parts, store }, suite, backends, options)
    const record = yield* store.createCampaign(seed, currentOwner()).pipe(
      Effect.tap((created) => Effect.sync(() => sit(created, sides))),
      Effect.uninterruptible
    )
    return yield* show(record)
  })

  const resume = Effect.fnUntraced(function* (
    idOrPrefix: string,
    { backends = [], suite, gate }: Parameters<Campaigns["resume"]>[1]
  ) {
    const known = yield* store.campaign(idOrPrefix)
    if (suite !== undefined && canonicalJson(suite) !== canonicalJson(known.suite))
      return yield* Effect.fail(suiteChanged(known))
    const options = gate === undefined ? known.options : { ...known.options, ...gate, gate: true }
    const hasEnded = known.status === "succeeded" || known.status === "failed"
    // The verdict of one that has ended is there to be judged by, too.
    if (gate !== undefined || !hasEnded) yield* checkBaseline(store, known.suite, options)
    if (hasEnded) return yield* Effect.fail(ended(known))
    const specs = backends.length > 0 ? backends : known.backends
    const seen = yield* lookAtSides(parts, specs, known.options)
    const others = seen.map(({ backend }) => backend.name)
    if (others.join() !== known.backends.join()) return yield* Effect.fail(otherBackends(known, others))
    const problem = changedSettings(known, seen) ?? mockProblem(seen, options)
    if (problem !== null) return yield* Effect.fail(problem)
    const sides = yield* resolveSides(parts, specs, known.options)
    yield* Effect.uninterruptible(
      Effect.tap(store.claimCampaign(known.id, currentOwner()), (record) => Effect.sync(() => sit(record, sides)))
    )
    return yield* get(known.id)
  })

  const wait = Effect.fnUntraced(function* (id: string, onProgress: (campaign: Campaign) => void = () => {}) {
    for (;;) {
      const version = changes.version()
      const began = performance.now()
      const campaign = yield* get(id)
      onProgress(campaign)
      if (campaign.status !== "running") return campaign
      const unstored = debts.of(campaign.id)
      if (unstored !== null) return yield* Effect.fail(unstored)
      const sitting = sittings.get(campaign.id)
      // Progress is told a few times a second at most, and less often of a large campaign; the end at once.
      const pause = Math.max(100, 20 * (performance.now() - began))
      const changed = Effect.delay(changes.after(version), pause)
      yield* sitting === undefined ? changed : Effect.raceFirst(changed, Fiber.await(sitting.fiber))
    }
  })

  const heed = (id: string, request: CampaignRequest | "close"): void => {
    const sitting = sittings.get(id)
    if (sitting === undefined || sitting.wish === "cancel" || sitting.wish === "close") return
    sitting.wish = request
    if (request !== "pause") Effect.runFork(Fiber.interrupt(sitting.fiber))
  }

  const ask = Effect.fnUntraced(function* (idOrPrefix: string, request: CampaignRequest) {
    const { id, status } = yield* store.campaign(idOrPrefix)
    if (status === "running" && sittings.has(id)) heed(id, request)
    else yield* store.requestOfCampaign(id, request)
    // The owner looks every 100 ms, and a run has 5 s to settle.
    if (request === "cancel") yield* Effect.timeoutOption(wait(id), "15 seconds")
    return yield* get(id)
  })

  return {
    plan: (suite, backends, options) => previewPlan({ ...parts, store }, suite, backends, options),
    start,
    resume,
    get,
    suite: (idOrPrefix) => Effect.map(store.campaign(idOrPrefix), ({ suite }) => suite),
    list: ({ limit = 50, suite }) =>
      Effect.flatMap(
        store.campaigns({ limit: Math.min(Math.max(limit, 1), 500), ...(suite !== undefined && { suite }) }),
        (records) => Effect.forEach(records, show)
      ),
    wait,
    cancel: (id) => ask(id, "cancel"),
    pause: (id) => ask(id, "pause"),
    heed,
    stopAll: Effect.suspend(() => {
      const all = [...sittings]
      for (const [id] of all) heed(id, "close")
      return Effect.forEach(all, ([, { fiber }]) => Fiber.await(fiber), { concurrency: "unbounded", discard: true })
    }).pipe(Effect.andThen(debts.stop))
  }
}

interface Rested {
  readonly status: Exclude<CampaignStatus, "running">
  readonly state: Partial<CampaignState>
}

const restedBy = (rest: Rest): Rested => {
  if (rest._tag === "paused") return { status: "paused", state: {} }
  const { state, planned, done, failed } = rest
  const verdict = campaignVerdict({ cells: state.cells, runs: { planned, done, failed }, stopped: state.stopped })
  return { status: failed > 0 ? "failed" : "succeeded", state: { verdict } }
}

const leftBy = (wish: Sitting["wish"]): Rested => ({
  status: wish === "close" ? "interrupted" : "cancelled",
  state: {}
})

/**
 * What a run cannot be blamed for: the disk is full, a backend is gone from the config. Its plan is not done and nobody
 * is at it, so that it can be gone on with; its verdict says why it rests.
 */
const brokenBy = (error: unknown, { id, state: { cells } }: CampaignRecord): Rested => {
  const message = (error as { readonly message?: string }).message ?? String(error)
  const stopped = `it could not go on: ${message}`
  const verdict = {
    outcome: "inconclusive" as const,
    sentence: `Not decided: ${stopped}`,
    reasons: [{ code: "stopped", message: stopped, evidence: { cells: cells.length } }],
    wouldDecide: `the same campaign, once that is mended, would decide: \`studio run --resume ${id}\``
  }
  return { status: "interrupted", state: { verdict } }
}

const ended = ({ id, status, state: { stopped } }: CampaignRecord): StudioError =>
  new StudioError({
    code: "campaign-ended",
    message:
      stopped === null
        ? `The campaign ${id} has ${status}; nothing of it is left to run.`
        : `The campaign ${id} has ended before its plan did: ${stopped}.`,
    hint: "Start a new one with `studio run SUITE`.",
    path: "id"
  })

const suiteChanged = ({ id, suite }: CampaignRecord): StudioError =>
  new StudioError({
    code: "suite-changed",
    message: `The suite is not what the campaign ${id} of ${suite.suite} began with.`,
    hint: "Leave the file out to go on with what it was, or start a new campaign.",
    path: "suite"
  })

const otherBackends = ({ id, backends }: CampaignRecord, others: readonly string[]): StudioError =>
  new StudioError({
    code: "invalid-request",
    message: `The campaign ${id} runs on ${backends.join(", ")}, not on ${others.join(", ")}.`,
    hint: "Leave --backend out, or name the same ones in the same order.",
    path: "backends"
  })
