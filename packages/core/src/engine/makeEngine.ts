import * as Effect from "effect/Effect"
import type { Adapter } from "../adapter/Adapter.ts"
import { currentOwner } from "../store/owner.ts"
import type { RunStore } from "../store/RunStore.ts"
import { openRunStore } from "../store/sqlite/RunStoreSqlite.ts"
import { makeBackends, type Backends } from "./Backends.ts"
import { makeCampaigns, type Campaigns } from "./campaigns/Campaigns.ts"
import { makeChanges, type Changes } from "./Changes.ts"
import { makeServers, type Servers } from "./lifecycle/Servers.ts"
import type { Executor, Surroundings } from "./measure.ts"
import { makeRunQueue, type RunQueue } from "./RunQueue.ts"
import { makeRuns, type Runs } from "./Runs.ts"
import type { StudioOptions } from "./StudioOptions.ts"
import { StudioError } from "./StudioError.ts"
import { validateConfig } from "./validateConfig.ts"

/** The parts of an open studio, wired. */
export interface Engine {
  readonly store: RunStore["Service"]
  readonly surroundings: Surroundings
  readonly changes: Changes
  readonly servers: Servers
  readonly queue: RunQueue
  readonly backends: Backends
  readonly runs: Runs
  readonly campaigns: Campaigns
}

/** Opens the store and starts what watches it. Runs are stopped by `queue.stopAll`; the scope closes the rest. */
export const makeEngine = Effect.fnUntraced(function* (options: StudioOptions) {
  const { adapters, backends: configured = {}, env = process.env, concurrencyPerBackend = 1 } = options
  yield* checkNames(adapters)
  const fallback = yield* findFallback(options)

  const opened = yield* openRunStore(options.data)
  yield* opened.interruptOrphans
  const changes: Changes = yield* makeChanges(
    pulse(opened, {
      cancelRun: (runId) => Effect.runFork(queue.stop(runId, "cancelled")),
      heedCampaign: (id, request) => campaigns.heed(id, request)
    })
  )
  const store = notifying(opened, changes)
  const surroundings: Surroundings = { store, env }
  const servers = yield* makeServers(surroundings)
  const queue: RunQueue = makeRunQueue({ ...surroundings, servers }, changes, concurrencyPerBackend)
  const backends = makeBackends({ store, adapters, configured, env })
  const runs = makeRuns({ surroundings, backends, queue, changes, fallback })
  const shelf = { store, adapters }
  const campaigns: Campaigns = makeCampaigns({ shelf, runs, queue, servers, backends, fallback, env, changes })
  return { store, surroundings, changes, servers, queue, backends, runs, campaigns } satisfies Engine
})

/** Looks for what other processes did: changes, cancel requests among them, and runs that they left behind. */
const pulse = (
  store: RunStore["Service"],
  {
    cancelRun,
    heedCampaign
  }: {
    readonly cancelRun: (runId: string) => void
    readonly heedCampaign: Campaigns["heed"]
  }
) => {
  let seen = Effect.runSync(Effect.orElseSucceed(store.dataVersion, () => 0))
  let beats = 0
  return {
    everyMs: 100,
    look: () => {
      const version = Effect.runSync(Effect.orElseSucceed(store.dataVersion, () => seen))
      if (version === seen) return false
      seen = version
      for (const runId of Effect.runSync(Effect.orElseSucceed(store.cancelRequests(currentOwner()), () => [])))
        cancelRun(runId)
      for (const { id, request } of Effect.runSync(
        Effect.orElseSucceed(store.campaignRequests(currentOwner()), () => [])
      ))
        heedCampaign(id, request)
      return true
    },
    beat: () => {
      if (++beats % 30 === 0) Effect.runFork(Effect.ignore(store.interruptOrphans))
    }
  }
}

/** What this process writes is seen at once; the pulse is for the others. */
const notifying = (store: RunStore["Service"], { notify }: Changes): RunStore["Service"] => ({
  ...store,
  create: (seed, owner) => Effect.tap(store.create(seed, owner), () => Effect.sync(notify)),
  append: (runId, events) => Effect.tap(store.append(runId, events), () => Effect.sync(notify)),
  appendTold: (runId, told) => Effect.tap(store.appendTold(runId, told), () => Effect.sync(notify)),
  saveProbe: whenNews(store.saveProbe),
  saveCampaign: (id, changes) => Effect.tap(store.saveCampaign(id, changes), () => Effect.sync(notify))
})

/** A backend that thousands of runs ask says the same every time: within a second that is no news. */
const whenNews = (save: RunStore["Service"]["saveProbe"]): RunStore["Service"]["saveProbe"] => {
  const last = new Map<string, { readonly said: string; readonly at: number }>()
  return (name, { at, ...probe }) =>
    Effect.suspend(() => {
      const [said, now] = [JSON.stringify(probe), Date.now()]
      const known = last.get(name)
      if (known !== undefined && known.said === said && now - known.at < 1000) return Effect.void
      return Effect.tap(save(name, { at, ...probe }), () => Effect.sync(() => last.set(name, { said, at: now })))
    })
}

const checkNames = (adapters: readonly Adapter[]): Effect.Effect<void, StudioError> => {
  const twice = adapters.find(({ name }, index) => adapters.findIndex((other) => other.name === name) !== index)
  return twice === undefined
    ? Effect.void
    : Effect.fail(
        new StudioError({
          code: "invalid-options",
          message: `Two adapters are named "${twice.name}".`,
          hint: "Load only one of them.",
          path: "adapters"
        })
      )
}

const findFallback = Effect.fnUntraced(function* ({ adapters, fallback }: StudioOptions) {
  if (fallback === undefined) return null
  const adapter = adapters.find(({ name }) => name === fallback)
  if (adapter === undefined)
    return yield* Effect.fail(
      new StudioError({
        code: "invalid-options",
        message: `The fallback adapter "${fallback}" is not among the adapters.`,
        hint: "Load it, or leave `fallback` out.",
        path: "fallback"
      })
    )
  return { adapter, config: yield* validateConfig(adapter, {}, fallback) } satisfies Executor
})
