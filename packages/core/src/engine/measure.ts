import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import type { Adapter, Backend, Context, RunEvent, RunResult, Send } from "../adapter/Adapter.ts"
import { readEvents } from "../adapter/protocol/readEvents.ts"
import type { Probe } from "../domain/probe.ts"
import type { Sample } from "../domain/sample.ts"
import type { Finding } from "../domain/validity.ts"
import { runKind, type RunRequest } from "../domain/workload.ts"
import type { RunStore } from "../store/RunStore.ts"
import type { StoreError } from "../store/StoreError.ts"
import type { Launch } from "./lifecycle/startServer.ts"
import { readyServer } from "./lifecycle/readyServer.ts"
import type { Servers } from "./lifecycle/Servers.ts"
import { askProbe } from "./askProbe.ts"
import { openBackend } from "./openBackend.ts"
import { sampleFindings } from "../validity/sampleFindings.ts"
import { systemHash } from "./hashes.ts"
import { liftIterable } from "./lift.ts"
import { openOperation, type Operation } from "./openOperation.ts"
import { permuteItems, restoreItems } from "./permuteItems.ts"
import { refuseMask } from "./refuseMask.ts"
import { fromAdapter, protocolFailure, RunFailure } from "./RunFailure.ts"
import type { RunRecorder } from "./RunRecorder.ts"

/** An adapter with settings that it has accepted. */
export interface Executor {
  readonly adapter: Adapter
  readonly config: unknown
}

/** A queued run and who is to answer it. */
export interface RunJob {
  readonly runId: string
  /** Names the run to what draws at random for it: the same key, the same numbers. */
  readonly key: string
  /** Under this name a probe is kept; null when a fallback adapter answers in the backend's place. */
  readonly probedAs: string | null
  readonly request: RunRequest
  /** How to send it; null: plainly. */
  readonly send: Send | null
  readonly executor: Executor
  /** How the studio starts the executor's server; null: it does not. */
  readonly launch: Launch | null
  /** Answers when the executor is not installed or not reachable. */
  readonly fallback: Executor | null
  readonly timeoutMs: number | null
}

/** How far the measurement has come. */
export interface Progress {
  /** After that nothing falls back. */
  started: boolean
  /** After that only the backend is still to be closed. */
  result: RunResult | null
}

/** What every operation of a studio stands in. */
export interface Surroundings {
  readonly store: RunStore["Service"]
  readonly env: { readonly [name: string]: string | undefined }
}

/** What a run stands in besides: the servers that the studio starts. */
export interface Workplace extends Surroundings {
  readonly servers: Servers
}

/** Lets one adapter answer one request, and records what it tells. Nothing of it is left when the effect ends. */
export const measure = (
  job: RunJob,
  executor: Executor,
  progress: Progress,
  { store, env, servers }: Workplace,
  recorder: RunRecorder
): Effect.Effect<RunResult, RunFailure | StoreError> =>
  Effect.scoped(
    Effect.gen(function* () {
      const { adapter } = executor
      const { request, send, restore } = toSend(job)
      const refused = refuseMask(request, adapter)
      if (refused !== null) {
        yield* recorder.add({ type: "finding", finding: refused.finding })
        return yield* refused.failure
      }
      const host = { runId: job.runId, record: recorder, env, dataDir: store.dataDir }
      const operation = yield* openOperation({ ...host, ...(send !== null && { send }) })
      const backend = yield* openBackend(executor, operation)
      const ask = probe(job, adapter, backend, operation, store, recorder)
      const launch = executor === job.executor ? job.launch : null
      const { answer, guard } = yield* readyServer({ request, launch, servers, recorder, ask })
      // Benchmarks may start an engine of their own, so that only their adapter knows whether a server is needed.
      if (!answer.reachable && !("benchmark" in request)) return yield* unreachable(answer)

      const events = yield* operate(request, job.key, adapter, backend, operation.context)
      const reader = readEvents(request)
      const heard: Heard = { samples: [], findings: [], result: null }
      const onError = (thrown: unknown) => fromAdapter(adapter.name, thrown)
      const follow = (told: unknown): Effect.Effect<void, RunFailure | StoreError> => {
        const read = reader.read(told)
        if (typeof read === "string") return Effect.fail(protocolFailure(adapter.name, read))
        const event = restore(read)
        if (event.type === "result") heard.result = event.result
        if (event.type === "started") progress.started = true
        if (event.type === "sample") heard.samples.push(withoutGaps(event.sample))
        if (event.type === "finding") heard.findings.push(event.finding)
        return record(event, recorder)
      }
      yield* guard(Stream.runForEach(liftIterable(events, onError, operation), follow))
      // What the store refuses of it fails the run.
      yield* recorder.flushMeasured
      const { result } = heard
      if (result === null) return yield* protocolFailure(adapter.name, "it ended without a result")
      yield* Effect.tryPromise({ try: operation.settle, catch: onError })
      const metrics = "metrics" in result ? result.metrics : {}
      for (const finding of sampleFindings({ samples: heard.samples, metrics }, heard.findings))
        yield* recorder.add({ type: "finding", finding })
      progress.result = result
      return result
    })
  )

/** What counts for the run's end of all that was told. */
interface Heard {
  readonly samples: Sample[]
  readonly findings: Finding[]
  result: RunResult | null
}

/** The times between tokens are most of a sample, and only where its end is unknown do they tell its pace. */
const withoutGaps = (sample: Sample): Sample => (sample.e2eMs === null ? sample : { ...sample, itlMs: null })

interface Sending {
  readonly request: RunRequest
  /** What the adapter has to do itself. */
  readonly send: Send | null
  /** Puts what the adapter tells back into the terms of the run's own request. */
  readonly restore: (event: RunEvent) => RunEvent
}

/** A repeat is sent plainly, and the order of items is changed here, so that every adapter can do both. */
const toSend = ({ request, send }: RunJob): Sending => {
  if (send === null || send.kind === "repeat") return { request, send: null, restore: (event) => event }
  if (send.kind !== "permuted" || !("score" in request)) return { request, send, restore: (event) => event }
  const items = request.score.items.length
  return { request: permuteItems(request), send: null, restore: (event) => restoreItems(event, items) }
}

const probe = Effect.fnUntraced(function* (
  job: RunJob,
  adapter: Adapter,
  backend: Backend,
  operation: Operation,
  store: RunStore["Service"],
  recorder: RunRecorder
) {
  const clean = recorder.redactor.json(yield* askProbe(adapter, backend, operation))
  if (job.probedAs !== null) yield* store.saveProbe(job.probedAs, { ...clean, at: new Date().toISOString() })
  const { fingerprint } = clean
  if (fingerprint !== null) yield* recorder.add({ type: "probed", fingerprint, systemHash: systemHash(fingerprint) })
  return clean
})

const unreachable = ({ decidedBy }: Probe): RunFailure =>
  new RunFailure({
    code: "unreachable",
    message: `The backend does not answer: ${decidedBy}`,
    hint: "Start it, or correct its URL."
  })

const operate = (
  request: RunRequest,
  key: string,
  adapter: Adapter,
  backend: Backend,
  context: Context
): Effect.Effect<() => AsyncIterable<RunEvent>, RunFailure> => {
  if ("score" in request && backend.score !== undefined) {
    const score = backend.score.bind(backend)
    return Effect.succeed(() => score(request.score, context))
  }
  if ("generate" in request && backend.generate !== undefined) {
    const generate = backend.generate.bind(backend)
    return Effect.succeed(() => generate(request.generate, context))
  }
  if ("benchmark" in request && backend.benchmark !== undefined) {
    const benchmark = backend.benchmark.bind(backend)
    return Effect.succeed(() => benchmark({ ...request.benchmark, key }, context))
  }
  return Effect.fail(
    new RunFailure({
      code: "unsupported",
      message: `The adapter ${adapter.name} has no operation "${runKind(request)}".`,
      hint: `It has ${adapter.supports.operations.join(", ")}.`
    })
  )
}

const record = (event: RunEvent, recorder: RunRecorder): Effect.Effect<void, StoreError> => {
  switch (event.type) {
    case "started":
      return recorder.add({ type: "status", status: "running", error: null })
    case "progress": {
      const { done, total, unit } = event
      return recorder.add({ type: "progress", progress: { done, total, unit } })
    }
    case "sample":
      return recorder.addSample(event.sample)
    case "token":
      return recorder.add(event)
    case "trace":
      return recorder.addTrace(event.chunk)
    case "finding":
      return recorder.add({ type: "finding", finding: recorder.redactor.json(event.finding) })
    case "result":
      return Effect.void
  }
}
