import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import type * as Scope from "effect/Scope"
import * as Semaphore from "effect/Semaphore"
import type { JsonObject } from "../../domain/json.ts"
import { canonicalJson } from "../../math/canonicalJson.ts"
import type { ResolvedBackend } from "../Backends.ts"
import type { Surroundings } from "../measure.ts"
import type { RunFailure } from "../RunFailure.ts"
import type { RunRecorder } from "../RunRecorder.ts"
import { StudioError } from "../StudioError.ts"
import { decideServer, type Slot, type Wanted } from "./decideServer.ts"
import { makeServerLog, type ServerLog } from "./ServerLog.ts"
import { startServer, type Launch, type Server } from "./startServer.ts"

/**
 * The servers that this studio starts. One at a time: an idle engine takes a whole core, and a ready one most of the
 * accelerator's memory.
 *
 * A backend whose settings have `launch` is started by the first run that finds nothing at its URL, and stopped when no
 * run of it is left in the queue. `withServer` keeps it up over several runs.
 */
export interface Servers {
  /**
   * While `use` runs, runs of this backend get a server of the studio's own, started with its recipe and `args` on top.
   * The first of them starts it, whatever stood there before; they share it; it is stopped at the end of `use`, or when
   * the runs of others that wait for it have been made. Fails with `StudioError`
   * `cannot-launch` where the backend's settings have no `launch`. That a server does not start is told by the run that
   * needed it, which fails with the server's own last words; whatever already listens on the port is never used.
   *
   * @example
   * servers.withServer(backend, { dtype: "bfloat16" }, Effect.forEach(runs, submitAndWait))
   */
  readonly withServer: <A, E, R>(
    backend: ResolvedBackend,
    args: JsonObject,
    use: Effect.Effect<A, E, R>
  ) => Effect.Effect<A, E | StudioError, R>
  /** Counts a run from its queueing to its end; the effect that is returned stops a server that nobody needs any more. */
  readonly expect: (backend: string) => Effect.Effect<void>
  /** Whether runs of this backend must not use what they find at its URL, or find a server of ours there. */
  readonly isOurs: (backend: string) => boolean
  /** The server of a backend, for one run: until the scope closes. */
  readonly lend: (launch: Launch, recorder: Recorder) => Effect.Effect<Server, RunFailure, Scope.Scope>
  /** Stops the present server, whosever it is, for a run that brings an engine of its own. */
  readonly vacate: (backend: string) => Effect.Effect<void>
}

type Recorder = Pick<RunRecorder, "log" | "openArtifact">

/** Closing the scope stops what is up. */
export const makeServers = (surroundings: Surroundings): Effect.Effect<Servers, never, Scope.Scope> =>
  Effect.acquireRelease(
    Effect.sync(() => openServers(surroundings)),
    ({ stop }) => stop
  )

const openServers = (surroundings: Surroundings): Servers & { readonly stop: Effect.Effect<void> } => {
  let slot: Slot<Server> = { _tag: "empty" }
  let changed = Deferred.makeUnsafe<void>()
  const queued = new Map<string, number>()
  const held = new Map<string, JsonObject>()
  const holders = new Map<string, Semaphore.Semaphore>()

  const announce = () => {
    const awaited = changed
    changed = Deferred.makeUnsafe<void>()
    Deferred.doneUnsafe(awaited, Exit.void)
  }
  const become = (next: Slot<Server>) => {
    slot = next
    announce()
  }
  const waiting = (backend: string) => queued.get(backend) ?? 0
  const untilChanged = Effect.suspend(() => Effect.interruptible(Deferred.await(changed)))

  const stop: Effect.Effect<void> = Effect.suspend(() => {
    if (slot._tag !== "up") return Effect.void
    const { server } = slot
    become({ _tag: "changing" })
    return Effect.andThen(
      server.stop,
      Effect.sync(() => become({ _tag: "empty" }))
    )
  }).pipe(Effect.uninterruptible)

  const stopIfIdle = Effect.suspend(() => {
    announce()
    if (slot._tag !== "up" || slot.users > 0 || waiting(slot.backend) > 0 || held.has(slot.backend)) return Effect.void
    return stop
  })

  const start = (launch: Launch, key: string, recorder: Recorder) =>
    Effect.suspend(() => {
      become({ _tag: "changing" })
      const log = makeServerLog()
      // A run shows what its server says until it is ready; after that the log is a file only.
      const add = (line: string) => {
        log.add(line)
        if (slot._tag === "changing") recorder.log(line)
      }
      return Effect.interruptible(startServer(launch, surroundings, { ...log, add })).pipe(
        Effect.map((server) =>
          become({ _tag: "up", key, backend: launch.backend, server, users: 0, served: false, outdated: false })
        ),
        Effect.onError(() => {
          become({ _tag: "empty" })
          return keepLog(log, 0, recorder)
        })
      )
    })

  /** Brings the slot into the state that is wanted; resolves with what stands there then. */
  const settle = (wanted: Wanted, begin: Effect.Effect<void, RunFailure>) =>
    Effect.gen(function* () {
      for (;;) {
        const step = decideServer(slot, wanted, waiting)
        if (step === "go") return slot
        if (step === "start") yield* begin
        else if (step === "replace") yield* stop
        else yield* untilChanged
      }
    })

  const lend = (launch: Launch, recorder: Recorder) =>
    Effect.gen(function* () {
      const own = withArgs(launch, held.get(launch.backend) ?? {})
      const { args, env } = own.recipe
      const key = canonicalJson({ backend: own.backend, args, env })
      const seat = yield* settle({ backend: own.backend, key }, start(own, key, recorder))
      if (seat._tag !== "up") return yield* Effect.die(new Error("no server after its start"))
      const { server } = seat
      // The one whose start a run waited for belongs to its log from the first line on.
      const mark = seat.served ? server.log.mark() : 0
      seat.served = true
      seat.users++
      yield* Effect.addFinalizer(() => {
        seat.users--
        announce()
        return keepLog(server.log, mark, recorder)
      })
      return server
    }).pipe(Effect.uninterruptible)

  return {
    withServer: (backend, args, use) =>
      backend.launch === null
        ? Effect.fail(cannotLaunch(backend))
        : semaphoreOf(holders, backend.name).withPermit(
            Effect.acquireUseRelease(
              Effect.sync(() => {
                held.set(backend.name, args)
                if (slot._tag === "up" && slot.backend === backend.name) slot.outdated = true
              }),
              () => use,
              () => {
                held.delete(backend.name)
                return stopIfIdle
              }
            )
          ),
    expect: (backend) => {
      queued.set(backend, waiting(backend) + 1)
      return Effect.suspend(() => {
        queued.set(backend, waiting(backend) - 1)
        return stopIfIdle
      })
    },
    isOurs: (backend) => held.has(backend) || (slot._tag === "up" && slot.backend === backend),
    lend,
    vacate: (backend) => settle({ backend, key: null }, Effect.void).pipe(Effect.ignore, Effect.uninterruptible),
    stop
  }
}

const withArgs = (launch: Launch, args: JsonObject): Launch => ({
  ...launch,
  recipe: { ...launch.recipe, args: { ...launch.recipe.args, ...args } }
})

const semaphoreOf = (all: Map<string, Semaphore.Semaphore>, name: string): Semaphore.Semaphore => {
  const semaphore = all.get(name) ?? Semaphore.makeUnsafe(1)
  all.set(name, semaphore)
  return semaphore
}

/** What the server printed in a run's time, as a file of that run. A log that cannot be stored must not fail a run. */
const keepLog = (log: ServerLog, mark: number, recorder: Recorder): Effect.Effect<void> =>
  Effect.ignore(
    Effect.tryPromise(async () => {
      const file = await recorder.openArtifact("server.log", "log", "text/plain")
      await file.write(new TextEncoder().encode(log.since(mark)))
      await file.close()
    })
  )

const cannotLaunch = ({ name }: ResolvedBackend): StudioError =>
  new StudioError({
    code: "cannot-launch",
    message: `The studio does not start the backend "${name}": its settings have no \`launch\`.`,
    hint: "Give it `launch: { args: { … } }` in the config file, with `python` and `model`.",
    path: "launch"
  })
