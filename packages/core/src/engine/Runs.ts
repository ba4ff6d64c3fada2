import * as Effect from "effect/Effect"
import { makeRedactor, secretsIn } from "../adapter/redact.ts"
import type { CampaignPlace } from "../domain/campaign.ts"
import { isFinished, type Run } from "../domain/run.ts"
import { runKind, type RunRequest } from "../domain/workload.ts"
import { currentOwner } from "../store/owner.ts"
import type { StoreError } from "../store/StoreError.ts"
import { sharedName } from "./backendSpec.ts"
import type { Backends } from "./Backends.ts"
import type { Changes } from "./Changes.ts"
import { liftSignal } from "./lift.ts"
import type { Executor, Surroundings } from "./measure.ts"
import { checkResend } from "./checkResend.ts"
import { checkRequest } from "./checkRequest.ts"
import { planRun } from "./planRun.ts"
import { makeRunRecorder } from "./RunRecorder.ts"
import type { RunQueue } from "./RunQueue.ts"
import type { RunOn, SubmitRun } from "./RunOptions.ts"
import { isStudioError, StudioError } from "./StudioError.ts"

type Failure = StudioError | StoreError

type Submitted = SubmitRun & { readonly campaign?: CampaignPlace }

/** The life of runs: in, through and out of the queue. */
export interface Runs {
  readonly submit: (request: Submitted) => Effect.Effect<Run, Failure>
  /** Fails where `submit` would; no run is stored. */
  readonly check: (request: SubmitRun) => Effect.Effect<void, Failure>
  readonly wait: (id: string) => Effect.Effect<Run, Failure>
  readonly cancel: (idOrPrefix: string) => Effect.Effect<Run, Failure>
  readonly repeat: (idOrPrefix: string) => Effect.Effect<Run, Failure>
  /** Submits to every backend, waits for all; an aborted signal cancels them. */
  readonly onEach: (where: RunOn, request: RunRequest) => Effect.Effect<readonly Run[], Failure>
}

interface Parts {
  readonly surroundings: Surroundings
  readonly backends: Backends
  readonly queue: RunQueue
  readonly changes: Changes
  readonly fallback: Executor | null
}

export const makeRuns = ({ surroundings, backends, queue, changes, fallback }: Parts): Runs => {
  const { store, env } = surroundings
  const secretsOfEnv = secretsIn(env)

  const prepare = Effect.fnUntraced(function* (submitted: Submitted) {
    const backend = yield* backends.resolve(submitted.backend)
    const { resend } = submitted
    const original = resend === undefined ? null : yield* store.find(resend.of)
    const planned = yield* Effect.try({
      try: () => {
        if (resend !== undefined && original !== null)
          checkResend(checkRequest(submitted.request), resend, original, backend)
        return planRun(submitted, backend, { fallback, env })
      },
      catch: asStudioError
    })
    return { ...planned, backend }
  })
  type Prepared = Effect.Success<ReturnType<typeof prepare>>

  const begin = ({ seed, job, backend }: Prepared): Effect.Effect<Run, Failure> => {
    const redactor = makeRedactor([...secretsIn(backend.settings), ...secretsOfEnv])
    const start = () => queue.start(backend.name, job, makeRunRecorder(store, seed.id, redactor))
    // A stored run that nothing executes would stay queued for as long as this process lives.
    return store.create(seed, currentOwner()).pipe(
      Effect.tap(() => Effect.sync(start)),
      Effect.uninterruptible
    )
  }
  const submit: Runs["submit"] = (submitted) => Effect.flatMap(prepare(submitted), begin)
  const check: Runs["check"] = (submitted) => Effect.asVoid(prepare(submitted))

  const wait = Effect.fnUntraced(function* (id: string) {
    for (;;) {
      const version = changes.version()
      yield* queue.join(id)
      const run = yield* store.get(id)
      if (isFinished(run.status)) return run
      yield* changes.after(version)
    }
  })

  const cancel = Effect.fnUntraced(function* (idOrPrefix: string) {
    const run = yield* store.find(idOrPrefix)
    if (isFinished(run.status)) return run
    if (queue.has(run.id)) yield* queue.stop(run.id, "cancelled")
    else {
      yield* store.requestCancel(run.id)
      // Its owner looks every 100 ms, and an adapter has 5 s to settle.
      yield* Effect.timeoutOption(wait(run.id), "15 seconds")
    }
    return yield* store.get(run.id)
  })

  const repeat = Effect.fnUntraced(function* (idOrPrefix: string) {
    const { backend, request, resend, tags, provenance, imported } = yield* store.find(idOrPrefix)
    if (imported !== null)
      return yield* Effect.fail(
        new StudioError({
          code: "cannot-repeat",
          message: "An imported run was executed elsewhere and cannot be repeated here.",
          hint: "Submit its request to a backend of this studio."
        })
      )
    const { adapter } = yield* backends.resolve(backend)
    const isReplaced = provenance === "mock" && adapter.mock !== true
    return yield* submit({
      backend,
      request,
      tags,
      ...(resend !== null && { resend }),
      ...(isReplaced && { adapterMode: "mock" as const })
    })
  })

  const onEach = Effect.fnUntraced(function* (where: RunOn, request: RunRequest) {
    const { backends: specs, signal, ...options } = where
    if (specs.length === 0)
      return yield* Effect.fail(
        new StudioError({
          code: "invalid-request",
          message: `A ${runKind(request)} needs a backend.`,
          hint: "Name at least one.",
          path: "backends"
        })
      )
    // The same spec twice is a repeat; two specs of one name would be the last of them, twice.
    const name = sharedName([...new Set(specs)])
    if (name !== null)
      return yield* Effect.fail(
        new StudioError({
          code: "invalid-request",
          message: `The backend "${name}" is named twice.`,
          hint: `Give each its own name: ${name}-2=…`,
          path: "backends"
        })
      )
    // Every spec is understood before anything is stored: a typo in the second must not leave a run of the first.
    const prepared = yield* Effect.forEach(specs, (backend) => prepare({ ...options, backend, request }))
    const submitted = yield* Effect.forEach(prepared, begin)
    const cancelAll = Effect.forEach(submitted, ({ id }) => cancel(id), { concurrency: "unbounded", discard: true })
    const finished = Effect.forEach(submitted, ({ id }) => wait(id), { concurrency: "unbounded" })
    if (signal === undefined) return yield* finished
    const aborted = liftSignal(signal).pipe(Effect.andThen(cancelAll), Effect.andThen(finished))
    return yield* Effect.raceFirst(finished, aborted)
  })
  return { submit, check, wait, cancel, repeat, onEach }
}

const asStudioError = (error: unknown): StudioError =>
  isStudioError(error) ? error : new StudioError({ code: "defect", message: String(error), cause: error })
