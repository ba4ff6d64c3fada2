import * as Effect from "effect/Effect"
import { expect } from "vitest"
import type { CampaignRecord, CampaignState } from "../../../src/domain/campaign.ts"
import { newId } from "../../../src/store/newId.ts"
import { currentOwner } from "../../../src/store/owner.ts"
import { emptySuite } from "../../support/suite.ts"
import { seedOf } from "../arbitraryLog.ts"
import type { Laws } from "../storeSuite.ts"

/** A pid that lives, but began at another time. */
const formerOwner = { ...currentOwner(), startedAt: "00000000+1" }

const fresh: CampaignState = {
  finishedAt: null,
  activeMs: 0,
  since: null,
  extended: false,
  stopped: null,
  cells: [],
  verdict: null
}

const seed = (suite = "nightly"): Omit<CampaignRecord, "createdAt" | "status"> => ({
  id: newId(),
  suite: emptySuite(suite),
  backends: ["a", "b"],
  options: { against: null, gate: false, allowMock: false, untilDecided: false, adapterMode: null },
  plan: { suite, seed: 1, runs: [], estimateMs: null, skipped: [] },
  state: fresh
})

const baseline = (backend: string, campaign: string) => ({
  name: "main",
  suite: "nightly",
  case: "random",
  point: { concurrency: 16 },
  backend,
  runIds: ["r1", "r2"],
  campaign,
  reason: "release",
  author: "Ada"
})

export const campaignLaws: Laws = {
  "a campaign is kept as it was planned, and changes only in plan, state and status": Effect.fnUntraced(
    function* (store) {
      const given = seed()
      const created = yield* store.createCampaign(given, currentOwner())
      expect(created).toMatchObject({ ...given, status: "running", state: { ...fresh, since: created.createdAt } })
      expect(yield* store.campaign(given.id.slice(0, 6))).toEqual(created)
      const plan = { ...given.plan, seed: 2 }
      yield* store.saveCampaign(given.id, { plan })
      yield* store.saveCampaign(given.id, { state: { ...fresh, activeMs: 7 } })
      yield* store.restCampaign(given.id, "paused", { ...fresh, activeMs: 8, since: created.createdAt })
      const state = { ...fresh, activeMs: 8 }
      expect(yield* store.campaign(given.id)).toEqual({ ...created, plan, state, status: "paused" })
    }
  ),

  "campaigns are listed newest first, and by suite": Effect.fnUntraced(function* (store) {
    const ids: string[] = []
    for (const suite of ["nightly", "other", "nightly"])
      ids.push((yield* store.createCampaign(seed(suite), currentOwner())).id)
    const listed = yield* store.campaigns({ limit: 2 })
    expect(listed.map(({ id }) => id)).toEqual([ids[2], ids[1]])
    expect((yield* store.campaigns({ limit: 9, suite: "nightly" })).map(({ id }) => id)).toEqual([ids[2], ids[0]])
    expect(yield* Effect.flip(store.campaign("nothing"))).toMatchObject({ reason: "not-found" })
  }),

  "the runs of a campaign are found by it, in the order in which they were made": Effect.fnUntraced(function* (store) {
    const { id } = yield* store.createCampaign(seed(), currentOwner())
    const place = {
      id,
      suite: "nightly",
      case: "random",
      point: {},
      repeat: 1,
      block: 1,
      position: 1,
      phase: "measured"
    } as const
    for (const key of ["k1", "k2", "k1"]) yield* store.create(seedOf({ campaign: { ...place, key } }), currentOwner())
    yield* store.create(seedOf(), currentOwner())
    expect((yield* store.campaignRuns(id)).map(({ campaign }) => campaign?.key)).toEqual(["k1", "k2", "k1"])
    expect(yield* store.campaignRuns("other")).toEqual([])
  }),

  "of two that want a campaign one gets it, and the dead have none": Effect.fnUntraced(function* (store) {
    const living = yield* store.createCampaign(seed(), currentOwner())
    const orphan = yield* store.createCampaign(seed(), formerOwner)
    expect(yield* Effect.flip(store.claimCampaign(living.id, currentOwner()))).toMatchObject({ reason: "busy" })
    yield* store.interruptOrphans
    expect((yield* store.campaign(orphan.id)).status).toBe("interrupted")
    expect((yield* store.campaign(living.id)).status).toBe("running")
    expect((yield* store.claimCampaign(orphan.id, currentOwner())).status).toBe("running")
    expect(yield* Effect.flip(store.claimCampaign(orphan.id, currentOwner()))).toMatchObject({ reason: "busy" })
  }),

  "what is asked of a campaign reaches the process that is at it, and is forgotten when it rests": Effect.fnUntraced(
    function* (store) {
      const mine = yield* store.createCampaign(seed(), currentOwner())
      const theirs = yield* store.createCampaign(seed(), formerOwner)
      for (const { id } of [mine, theirs]) yield* store.requestOfCampaign(id, "pause")
      expect(yield* store.campaignRequests(currentOwner())).toEqual([{ id: mine.id, request: "pause" }])
      yield* store.requestOfCampaign(mine.id, "cancel")
      expect(yield* store.campaignRequests(currentOwner())).toEqual([{ id: mine.id, request: "cancel" }])
      yield* store.restCampaign(mine.id, "cancelled", fresh)
      yield* store.requestOfCampaign(mine.id, "cancel")
      expect(yield* store.campaignRequests(currentOwner())).toEqual([])
    }
  ),

  "cancel ends one that nobody is at, as it lies, and asks whoever has taken it up meanwhile": Effect.fnUntraced(
    function* (store) {
      const statusOf = (id: string) => Effect.map(store.campaign(id), ({ status }) => status)
      const left = { ...fresh, activeMs: 7 }
      const resting = (yield* store.createCampaign(seed(), currentOwner())).id
      yield* store.restCampaign(resting, "paused", left)
      yield* store.requestOfCampaign(resting, "pause")
      expect(yield* statusOf(resting)).toBe("paused")
      yield* store.requestOfCampaign(resting, "cancel")
      expect(yield* store.campaign(resting)).toMatchObject({ status: "cancelled", state: left })

      yield* store.restCampaign(resting, "interrupted", left)
      yield* store.claimCampaign(resting, currentOwner())
      yield* store.requestOfCampaign(resting, "cancel")
      expect(yield* statusOf(resting)).toBe("running")
      expect(yield* store.campaignRequests(currentOwner())).toEqual([{ id: resting, request: "cancel" }])

      yield* store.restCampaign(resting, "succeeded", left)
      yield* store.requestOfCampaign(resting, "cancel")
      expect(yield* statusOf(resting)).toBe("succeeded")
    }
  ),

  "a baseline takes the place of the one before it, which is kept": Effect.fnUntraced(function* (store) {
    const [first, other] = yield* store.promoteBaselines([baseline("a", "c1"), baseline("b", "c1")])
    const [second] = yield* store.promoteBaselines([baseline("a", "c2")])
    expect(yield* store.baselines({ suite: "nightly" })).toEqual([second, other])
    expect(yield* store.baselines({ name: "main", superseded: true })).toEqual([
      second,
      other,
      { ...first, supersededAt: second?.promotedAt }
    ])
    yield* store.promoteBaselines([{ ...baseline("a", "c3"), name: "release" }])
    expect((yield* store.baselines({ name: "main" })).map(({ id }) => id)).toEqual([second?.id, other?.id])
    expect(yield* store.baselines({ suite: "other" })).toEqual([])
  }),

  "waivers are kept, newest first": Effect.fnUntraced(function* (store) {
    const given = {
      suite: "nightly",
      gate: "p95",
      case: null,
      point: null,
      backend: null,
      reason: "known",
      author: "Ada",
      expiresAt: "2027-01-01T00:00:00.000Z"
    }
    const first = yield* store.createWaiver(given)
    const second = yield* store.createWaiver({ ...given, suite: "other" })
    expect(first).toMatchObject(given)
    expect(yield* store.waivers()).toEqual([second, first])
    expect(yield* store.waivers("nightly")).toEqual([first])
  })
}
