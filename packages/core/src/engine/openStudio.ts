import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"
import { promote, waive } from "./campaigns/Baselines.ts"
import { previewCampaign, resumeCampaign, startCampaign, watchCampaign } from "./campaigns/watchCampaign.ts"
import { generateInput, scoreInput } from "./checkRequest.ts"
import { compareRuns } from "./compareRuns.ts"
import { importRuns } from "./importRuns.ts"
import { liftSignal } from "./lift.ts"
import { makeEngine, type Engine } from "./makeEngine.ts"
import { oldNode } from "./oldNode.ts"
import { confirmCauses } from "./parity/confirmCauses.ts"
import { addCase, exportCases, importCases, listCases, replaceCase } from "./parity/Cases.ts"
import { chooseCases, planParity } from "./parity/planParity.ts"
import { runParity } from "./parity/runParity.ts"
import { probeBackend, tokenizeWith } from "./questions.ts"
import { annotateRun, artifactPath, listRuns, readTrace, summarize } from "./records.ts"
import type { Studio } from "./Studio.ts"
import type { StudioOptions } from "./StudioOptions.ts"
import type { ParityOptions } from "./parity/ParityOptions.ts"
import { isStudioError, StudioError } from "./StudioError.ts"
import { tailLog } from "./tailLog.ts"

/**
 * Opens a studio on a data folder. Close it, or declare it with `await using` (from Node 24 on): closing ends the runs
 * that it executes and every process that they started.
 *
 * @example
 * const studio = await openStudio({ data: ":memory:", adapters: [mock], backends: { a: { adapter: "mock" } } })
 * const [run] = await studio.generate({ backends: ["a"], prompt: "Hello" })
 * await studio.close()
 */
export const openStudio = async (options: StudioOptions): Promise<Studio> => {
  const old = oldNode(process.versions.node)
  if (old !== null)
    throw new StudioError({ code: "old-node", message: old, hint: "Install a newer one from nodejs.org." })
  const scope = Scope.makeUnsafe()
  const opened = await Effect.runPromiseExit(Scope.provide(makeEngine(options), scope))
  if (Exit.isSuccess(opened)) return facade(opened.value, scope, options)
  await Effect.runPromise(Scope.close(scope, opened))
  throw toStudioError(Cause.squash(opened.cause))
}

const facade = (engine: Engine, scope: Scope.Closeable, { adapters }: StudioOptions): Studio => {
  const { store, surroundings, changes, queue, backends, runs, campaigns } = engine
  const closing = new AbortController()
  const closed = Effect.andThen(liftSignal(closing.signal), Effect.fail(closedError()))
  let closedOnce: Promise<void> | undefined

  const calls = new Set<Promise<unknown>>()

  const run = async <A>(effect: Effect.Effect<A, unknown>, signal?: AbortSignal): Promise<A> => {
    if (closedOnce !== undefined) throw closedError()
    const call = Effect.runPromiseExit(Effect.raceFirst(effect, closed), signal && { signal })
    calls.add(call)
    const exit = await call.finally(() => calls.delete(call))
    if (Exit.isSuccess(exit)) return exit.value
    throw Cause.hasInterruptsOnly(exit.cause)
      ? (signal?.reason ?? closedError())
      : toStudioError(Cause.squash(exit.cause))
  }
  const iterate = <A>(stream: Stream.Stream<A, unknown>, signal = closing.signal): AsyncIterable<A> =>
    stream.pipe(
      Stream.interruptWhen(Effect.raceFirst(liftSignal(signal), liftSignal(closing.signal))),
      Stream.mapError(toStudioError),
      Stream.toAsyncIterable
    )
  const close = async () => {
    await Effect.runPromise(campaigns.stopAll)
    await Effect.runPromise(queue.stopAll)
    // Whoever waits for a run of ours hears of its end before the store is gone.
    await new Promise((resolve) => setImmediate(resolve))
    closing.abort()
    await Promise.all(calls)
    // A submit that was under way may have begun one more.
    await Effect.runPromise(queue.stopAll)
    await Effect.runPromise(Scope.close(scope, Exit.void))
  }
  const parity = { shelf: { store, adapters }, runs }
  const check = (options: ParityOptions) =>
    Effect.flatMap(planParity({ store, backends }, options), (plan) => runParity(parity, plan))
  const closeOnce = () => (closedOnce ??= close())
  return {
    dataDir: store.dataDir,
    adapters,
    score: (options) =>
      run(
        runs.onEach(options, {
          score: scoreInput({ ...options, oneByOne: options.oneByOne ?? options.backends.length > 1 })
        })
      ),
    generate: (options) => run(runs.onEach(options, { generate: generateInput(options) })),
    benchmark: (options) =>
      run(runs.onEach(options, { benchmark: { entrypoint: options.entrypoint, set: options.set ?? {} } })),
    compare: ({ arms }) => run(compareRuns({ store, adapters }, arms)),
    parity: ({ signal, ...options }) => run(check(options), signal),
    plan: (suite, how) => run(previewCampaign(campaigns, suite, how)),
    runSuite: (suite, { signal, onProgress, ...how } = {}) =>
      run(
        Effect.flatMap(startCampaign(campaigns, suite, how), ({ id }) =>
          watchCampaign(campaigns, id, { ...(signal && { signal }), ...(onProgress && { onProgress }) })
        )
      ),
    campaigns: {
      start: (suite, how) => run(startCampaign(campaigns, suite, how)),
      list: (filter = {}) => run(campaigns.list(filter)),
      get: (id) => run(campaigns.get(id)),
      wait: (id, watch) => run(watchCampaign(campaigns, id, watch)),
      cancel: (id) => run(campaigns.cancel(id)),
      pause: (id) => run(campaigns.pause(id)),
      resume: (id, how) => run(resumeCampaign(campaigns, id, how))
    },
    baselines: {
      list: (filter = {}) => run(store.baselines(filter)),
      promote: (campaign, promotion) => run(promote(store, campaign, promotion)),
      waive: (waiver) => run(waive(store, waiver)),
      waivers: (filter) => run(store.waivers(filter?.suite))
    },
    cases: {
      list: (filter) => run(listCases(store, filter)),
      get: (nameOrId) => run(store.case(nameOrId)),
      add: (spec) => run(addCase(store, spec)),
      replace: (nameOrId, spec) => run(replaceCase(store, nameOrId, spec)),
      remove: (nameOrId) => run(store.removeCase(nameOrId)),
      import: (lines, from = "The input") => run(importCases(store, lines, from)),
      export: (filter) => run(exportCases(store, filter)),
      run: ({ signal, ids, tag, ...options }) =>
        run(
          Effect.flatMap(chooseCases(store, { ...(ids && { ids }), ...(tag !== undefined && { tag }) }), (cases) =>
            check({ ...options, cases })
          ),
          signal
        )
    },
    comparisons: {
      get: (id) => run(store.comparison(id)),
      list: () => run(Effect.map(store.comparisons(1000), (all) => all.map(summarize))),
      confirm: (id, { signal, ...options } = {}) => run(confirmCauses(parity, id, options), signal)
    },
    runs: {
      submit: (request) => run(runs.submit(request)),
      check: (request) => run(runs.check(request)),
      get: (id) => run(store.find(id)),
      list: (filter = {}) => run(listRuns(store, filter)),
      wait: (id, options) => run(runs.wait(id), options?.signal),
      cancel: (id) => run(runs.cancel(id)),
      repeat: (id) => run(runs.repeat(id)),
      annotate: (id, change) => run(annotateRun(store, id, change)),
      events: (id, options) =>
        iterate(tailLog(store, changes, { runId: id, after: options?.after ?? 0 }), options?.signal),
      samples: (id) => run(store.samples(id)),
      trace: (id, query) => run(readTrace(store, id, query)),
      artifactPath: (id, name) => run(artifactPath(store, id, name))
    },
    backends: {
      list: () => run(backends.list),
      add: (name, config) => run(Effect.flatMap(backends.add(name, config), backends.info)),
      resolve: (spec) => run(Effect.flatMap(backends.resolve(spec), backends.info)),
      probe: (name) =>
        run(
          Effect.flatMap(backends.resolve(name), (backend) =>
            Effect.andThen(probeBackend(backend, surroundings), backends.info(backend))
          )
        ),
      selfChecks: (name) => run(store.consistencyReports(name)),
      tokenize: (name, texts) =>
        run(Effect.flatMap(backends.resolve(name), (backend) => tokenizeWith(backend, surroundings, texts)))
    },
    events: (options) =>
      iterate(
        Stream.unwrap(
          Effect.map(options?.after === undefined ? store.lastSeq : Effect.succeed(options.after), (after) =>
            tailLog(store, changes, { after })
          )
        ),
        options?.signal
      ),
    import: (paths) => run(importRuns(store, adapters, paths)),
    status: () => run(store.status),
    // Campaigns first, so that none of them makes another run of the one that it loses.
    breakOff: (thrown) =>
      run(Effect.all([campaigns.stopAll, queue.breakOff(thrown)], { concurrency: "unbounded", discard: true })),
    close: closeOnce,
    [Symbol.asyncDispose]: closeOnce
  }
}

const closedError = () =>
  new StudioError({ code: "closed", message: "The studio is closed.", hint: "Open it again with openStudio." })

/** Callers see one kind of error; a `StoreError` gives its reason as the code. */
const toStudioError = (error: unknown): StudioError => {
  if (isStudioError(error)) return error
  if (typeof error === "object" && error !== null && "_tag" in error) {
    const { code, reason, message, hint } = error as { code?: string; reason?: string; message?: string; hint?: string }
    return new StudioError({
      code: code ?? reason ?? "defect",
      message: message ?? String(error),
      hint: hint ?? null,
      cause: error
    })
  }
  return new StudioError({
    code: "defect",
    message: String(error),
    hint: "This is a defect of the studio; report it.",
    cause: error
  })
}
