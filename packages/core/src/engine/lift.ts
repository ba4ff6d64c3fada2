import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { showValue } from "../adapter/protocol/Fault.ts"

/** How foreign work is told to stop, and who hears of it when it does not. */
export interface Cancellation {
  readonly abort: () => void
  /** It went on for 5 s after the abort. */
  readonly onLate: () => void
}

/** A foreign promise as an Effect. Interruption aborts and then waits for it, 5 s at most. */
export const liftPromise = <A, E>(
  start: () => Promise<A>,
  onError: (thrown: unknown) => E,
  cancellation: Cancellation
): Effect.Effect<A, E> =>
  Effect.callback((resume) => {
    const promise = startNow(start)
    promise.then(
      (value) => resume(Effect.succeed(value)),
      (thrown: unknown) => resume(Effect.fail(onError(thrown)))
    )
    return Effect.suspend(() => stop(cancellation, () => promise))
  })

/**
 * A foreign iterable as a Stream that pulls one value at a time, so that a slow consumer slows the producer.
 * A consumer that leaves before the end aborts, ends the iterator with `return()`, and waits for both, 5 s at most.
 */
export const liftIterable = <A, E>(
  start: () => AsyncIterable<A>,
  onError: (thrown: unknown) => E,
  cancellation: Cancellation
): Stream.Stream<A, E> =>
  Stream.unwrap(
    Effect.gen(function* () {
      const iterator = yield* Effect.try({ try: () => iteratorOf(start()), catch: onError })
      let ended = false
      let pending: Promise<unknown> = Promise.resolve()
      yield* Effect.addFinalizer(() =>
        ended ? Effect.void : stop(cancellation, () => Promise.allSettled([pending, iterator.return?.()]))
      )
      const next = Effect.callback<IteratorResult<A>, E>((resume) => {
        const promise = startNow(() => iterator.next()).then(stepOf)
        pending = promise
        promise.then(
          (result) => {
            ended = result.done === true
            resume(Effect.succeed(result))
          },
          (thrown: unknown) => {
            ended = true
            resume(Effect.fail(onError(thrown)))
          }
        )
      })
      const pull = Effect.flatMap(next, (result) =>
        result.done === true ? Cause.done() : Effect.succeed([result.value] as const)
      )
      return Stream.fromPull(Effect.succeed(pull))
    })
  )

/** An abort signal as an Effect that succeeds once it is aborted. */
export const liftSignal = (signal: AbortSignal): Effect.Effect<void> =>
  Effect.callback((resume) => {
    if (signal.aborted) return resume(Effect.void)
    const onAbort = () => resume(Effect.void)
    signal.addEventListener("abort", onAbort, { once: true })
    return Effect.sync(() => signal.removeEventListener("abort", onAbort))
  })

const startNow = <A>(start: () => Promise<A>): Promise<A> => {
  try {
    return Promise.resolve(start())
  } catch (thrown) {
    return Promise.reject(thrown)
  }
}

/** What a plugin calls an iterable may be anything. */
const iteratorOf = <A>(iterable: AsyncIterable<A>): AsyncIterator<A> => {
  const make: unknown = (iterable as AsyncIterable<A> | null | undefined)?.[Symbol.asyncIterator]
  const iterator: unknown = typeof make === "function" ? make.call(iterable) : null
  if (typeof iterator === "object" && iterator !== null && "next" in iterator) return iterator as AsyncIterator<A>
  throw new NoIterable(`${showValue(iterable)} instead of an async iterable`)
}

const stepOf = <A>(step: IteratorResult<A>): IteratorResult<A> => {
  if (typeof step === "object" && step !== null) return step
  throw new NoIterable(`an iterator whose next() gives ${showValue(step)}`)
}

/** What came in the place of an iterable. */
export class NoIterable extends Error {
  readonly _tag = "NoIterable"
}

const patienceMs = 5000

const stop = ({ abort, onLate }: Cancellation, settled: () => Promise<unknown>): Effect.Effect<void> =>
  Effect.andThen(Effect.sync(abort), settle(settled, { onLate, onError: ignore }))

/** Waits for foreign work that nothing can stop, 5 s at most; it cannot fail, and its end may come late. */
export const settle = (
  start: () => Promise<unknown>,
  { onLate, onError }: { readonly onLate: () => void; readonly onError: (thrown: unknown) => void }
): Effect.Effect<void> =>
  Effect.callback((resume) => {
    const timer = setTimeout(() => {
      onLate()
      resume(Effect.void)
    }, patienceMs)
    const finish = () => {
      clearTimeout(timer)
      resume(Effect.void)
    }
    startNow(start).then(finish, (thrown: unknown) => {
      onError(thrown)
      finish()
    })
  })

const ignore = () => {}
