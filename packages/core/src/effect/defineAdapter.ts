import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"
import { defineAdapter as definePlain } from "../adapter/defineAdapter.ts"
import type {
  Adapter,
  Backend,
  BenchmarkRequest,
  Context,
  GenerateRequest,
  LaunchEvent,
  LaunchRecipe,
  MetricSnapshot,
  ProfileRequest,
  RunEvent,
  ScoreRequest
} from "../adapter/Adapter.ts"
import type { AdapterError } from "../adapter/AdapterError.ts"
import type { Probe } from "../domain/probe.ts"

/** A `Backend` whose members are Effects and Streams. Interruption is cancel. */
export interface EffectBackend {
  readonly probe: (context: Context) => Effect.Effect<Probe, AdapterError>
  readonly tokenize?: (
    texts: readonly string[],
    context: Context
  ) => Effect.Effect<readonly (readonly number[])[], AdapterError>
  readonly score?: (request: ScoreRequest, context: Context) => Stream.Stream<RunEvent, AdapterError>
  readonly generate?: (request: GenerateRequest, context: Context) => Stream.Stream<RunEvent, AdapterError>
  readonly benchmark?: (request: BenchmarkRequest, context: Context) => Stream.Stream<RunEvent, AdapterError>
  readonly profile?: (request: ProfileRequest, context: Context) => Stream.Stream<RunEvent, AdapterError>
  readonly metrics?: (context: Context) => Effect.Effect<MetricSnapshot, AdapterError>
  readonly launch?: (recipe: LaunchRecipe, context: Context) => Stream.Stream<LaunchEvent, AdapterError>
}

/** An `Adapter` that opens an `EffectBackend`; what it acquires in its scope is released by `close`. */
export interface EffectAdapter<C> extends Omit<Adapter<C>, "open"> {
  readonly open: (config: C) => Effect.Effect<EffectBackend, AdapterError, Scope.Scope>
}

/**
 * The Effect form of `defineAdapter`: lowers every Effect to a promise and every Stream to an async iterable with the
 * Effect that this module was loaded with, so that host and plugin need not share a copy.
 *
 * @example
 * export default defineAdapter({ api: 1, name: "foo", version: "1.0.0", supports, config, open: () => Effect.succeed({ probe }) })
 */
export const defineAdapter = <C>(adapter: EffectAdapter<C>): Adapter<C> =>
  definePlain<C>({ ...adapter, open: (config) => Effect.runPromise(open(adapter, config)) })

const open = Effect.fnUntraced(function* <C>(adapter: EffectAdapter<C>, config: C) {
  const scope = yield* Scope.make()
  const backend = yield* adapter.open(config).pipe(
    Scope.provide(scope),
    Effect.onError(() => Scope.close(scope, Exit.void))
  )
  return lower(backend, Scope.close(scope, Exit.void))
})

const lower = (backend: EffectBackend, close: Effect.Effect<void>): Backend => {
  const { probe, tokenize, score, generate, benchmark, profile, metrics, launch } = backend
  return {
    probe: (context) => promise(probe(context), context),
    ...(tokenize && { tokenize: (texts, context) => promise(tokenize(texts, context), context) }),
    ...(score && { score: (request, context) => iterable(score(request, context), context) }),
    ...(generate && { generate: (request, context) => iterable(generate(request, context), context) }),
    ...(benchmark && { benchmark: (request, context) => iterable(benchmark(request, context), context) }),
    ...(profile && { profile: (request, context) => iterable(profile(request, context), context) }),
    ...(metrics && { metrics: (context) => promise(metrics(context), context) }),
    ...(launch && { launch: (recipe, context) => iterable(launch(recipe, context), context) }),
    close: () => Effect.runPromise(close)
  }
}

const promise = <A>(effect: Effect.Effect<A, AdapterError>, { signal }: Context): Promise<A> =>
  Effect.runPromise(effect, { signal })

const iterable = <A>(stream: Stream.Stream<A, AdapterError>, { signal }: Context): AsyncIterable<A> =>
  Stream.toAsyncIterable(Stream.interruptWhen(stream, aborted(signal)))

const aborted = (signal: AbortSignal): Effect.Effect<void> =>
  Effect.callback((resume) => {
    if (signal.aborted) return resume(Effect.void)
    const onAbort = () => resume(Effect.void)
    signal.addEventListener("abort", onAbort, { once: true })
    return Effect.sync(() => signal.removeEventListener("abort", onAbort))
  })
