import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import type { Probe } from "../../domain/probe.ts"
import type { Finding } from "../../domain/validity.ts"
import type { RunRequest } from "../../domain/workload.ts"
import type { StoreError } from "../../store/StoreError.ts"
import type { RunFailure } from "../RunFailure.ts"
import type { RunRecorder } from "../RunRecorder.ts"
import type { Servers } from "./Servers.ts"
import type { Launch, Server } from "./startServer.ts"

interface Need {
  readonly request: RunRequest
  /** How the studio starts this backend; null: it does not. */
  readonly launch: Launch | null
  readonly servers: Servers
  readonly recorder: RunRecorder
  /** Asks the backend what it is. */
  readonly ask: Effect.Effect<Probe, RunFailure | StoreError>
}

export interface Ready {
  readonly answer: Probe
  /** Ends work with the server's own last words when the server dies meanwhile. */
  readonly guard: <A, E>(work: Effect.Effect<A, E>) => Effect.Effect<A, E | RunFailure>
}

/** Sees to it that a run has the server that it needs, started by the studio where nothing answers, or no server at all. */
export const readyServer = ({
  request,
  launch,
  servers,
  recorder,
  ask
}: Need): Effect.Effect<Ready, RunFailure | StoreError, Scope.Scope> =>
  Effect.gen(function* () {
    if (launch === null) return { answer: yield* ask, guard: unguarded }
    if (isStandalone(request, launch)) {
      yield* servers.vacate(launch.backend)
      return { answer: yield* ask, guard: unguarded }
    }
    if (!servers.isOurs(launch.backend)) {
      const answer = yield* ask
      if (answer.reachable) {
        yield* recorder.add({ type: "finding", finding: serverFound(answer) })
        return { answer, guard: unguarded }
      }
    }
    const server = yield* servers.lend(launch, recorder)
    const guard = guardOf(server)
    return { answer: yield* guard(ask), guard }
  })

/** What listens already is never used without a word: `launch` says nothing of it. */
const serverFound = ({ server }: Probe): Finding => ({
  code: "server-found",
  severity: "info",
  message: `A server that the studio did not start answers there already (${server}): the settings in \`launch\` are not applied to it.`,
  evidence: { server }
})

const isStandalone = (request: RunRequest, { executor }: Launch): boolean =>
  "benchmark" in request && (executor.adapter.supports.standalone ?? []).includes(request.benchmark.entrypoint)

const unguarded: Ready["guard"] = (work) => work

/** A connection breaks before the process behind it is gone: of the two stories the server's is the better one. */
const guardOf =
  ({ death }: Server): Ready["guard"] =>
  (work) =>
    Effect.raceFirst(
      Effect.catch(work, (failed) => Effect.raceFirst(death, Effect.delay(Effect.fail(failed), "1 second"))),
      death
    )
