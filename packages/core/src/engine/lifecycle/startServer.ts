import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"
import type { LaunchRecipe } from "../../adapter/Adapter.ts"
import { launchFault } from "../../adapter/protocol/eventFault.ts"
import { tellFault } from "../../adapter/protocol/Fault.ts"
import { liftIterable } from "../lift.ts"
import type { Executor, Surroundings } from "../measure.ts"
import { openBackend } from "../openBackend.ts"
import { openOperation } from "../openOperation.ts"
import { fromAdapter, protocolFailure, RunFailure } from "../RunFailure.ts"
import type { ServerLog } from "./ServerLog.ts"

/** A server that this studio started and that was ready. */
export interface Server {
  readonly url: string
  readonly log: ServerLog
  readonly alive: boolean
  /** Fails once the server ends by itself, with its own last words. */
  readonly death: Effect.Effect<never, RunFailure>
  /** Afterwards no process of it lives. */
  readonly stop: Effect.Effect<void>
}

/** A backend that the studio can start. */
export interface Launch {
  readonly backend: string
  readonly executor: Executor
  readonly recipe: LaunchRecipe
}

/** Starts a server and waits until it is ready; a failed or interrupted start leaves nothing behind. */
export const startServer = (launch: Launch, surroundings: Surroundings, log: ServerLog) =>
  Effect.suspend(() => {
    const scope = Scope.makeUnsafe()
    return Scope.provide(runServer(launch, surroundings, log), scope).pipe(
      Effect.onError((cause) => Scope.close(scope, Exit.failCause(cause))),
      Effect.map((running) => makeServer(running, log, Scope.close(scope, Exit.void)))
    )
  })

interface Running {
  readonly url: string
  readonly death: Deferred.Deferred<never, RunFailure>
}

const makeServer = ({ url, death }: Running, log: ServerLog, stop: Effect.Effect<void>): Server => ({
  url,
  log,
  get alive() {
    return !Deferred.isDoneUnsafe(death)
  },
  death: Deferred.await(death),
  stop
})

const runServer = Effect.fnUntraced(function* (
  { executor, recipe }: Launch,
  { store, env }: Surroundings,
  log: ServerLog
) {
  const { adapter } = executor
  const operation = yield* openOperation({ runId: null, record: null, env, dataDir: store.dataDir })
  const backend = yield* openBackend(executor, operation)
  if (backend.launch === undefined) return yield* cannotLaunch(adapter.name)
  const launch = backend.launch.bind(backend)
  const ready = Deferred.makeUnsafe<string, RunFailure>()
  const death = Deferred.makeUnsafe<never, RunFailure>()

  const events = liftIterable(
    () => launch(recipe, operation.context),
    (thrown) => fromAdapter(adapter.name, thrown),
    operation
  )
  yield* Stream.runForEach(events, (event): Effect.Effect<unknown, RunFailure> => {
    const fault = launchFault(event)
    if (fault !== null) return Effect.fail(protocolFailure(adapter.name, `its launch says ${tellFault(fault)}`))
    return event.type === "ready" ? Deferred.succeed(ready, event.url) : Effect.sync(() => log.add(event.line))
  }).pipe(
    Effect.andThen(Effect.fail(endedSilently(adapter.name))),
    Effect.onExit((exit) =>
      Exit.isSuccess(exit)
        ? Effect.void
        : Effect.andThen(Deferred.failCause(ready, exit.cause), Deferred.failCause(death, exit.cause))
    ),
    Effect.ignore,
    Effect.forkScoped
  )
  const url = yield* Deferred.await(ready).pipe(
    Effect.timeoutOrElse({
      duration: recipe.readyTimeoutMs,
      orElse: () => Effect.fail(notReady(recipe, log))
    })
  )
  return { url, death } satisfies Running
})

const cannotLaunch = (adapter: string): RunFailure =>
  new RunFailure({
    code: "unsupported",
    message: `The adapter ${adapter} cannot start a server.`,
    hint: "Start the server yourself and leave `launch` out of the backend's settings."
  })

const endedSilently = (adapter: string): RunFailure =>
  new RunFailure({
    code: "crashed",
    message: `The server that the adapter ${adapter} started has ended.`,
    hint: "Look at server.log."
  })

const notReady = ({ readyTimeoutMs }: LaunchRecipe, log: ServerLog): RunFailure =>
  new RunFailure({
    code: "timeout",
    message: `The server was not ready within ${readyTimeoutMs / 1000} s; it said last: ${log.last(1)[0] ?? "nothing"}`,
    hint: "Give it more time with `ready_timeout` in the backend's `launch`, or look at server.log.",
    detail: log.last(20).join("\n")
  })
