import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"

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
      const iterator = yield* Effect.try({ try: () => start()[Symbol.asyncIterator](), catch: onError })
      let ended = false
      let pending: Promise<unknown> = Promise.resolve()
      yield* Effect.addFinalizer(() =>
        ended ? Effect.void : stop(cancellation, () => Promise.allSettled([pending, iterator.return?.()]))
      )
      const next = Effect.callback<IteratorResult<A>, E>((resume) => {
        const promise = startNow(() => iterator.next())
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

const patienceMs = 5000

const stop = ({ abort, onLate }: Cancellation, settled: () => Promise<unknown>): Effect.Effect<void> =>
  Effect.callback((resume) => {
    abort()
    const timer = setTimeout(() => {
      onLate()
      resume(Effect.void)
    }, patienceMs)
    const finish = () => {
      clearTimeout(timer)
      resume(Effect.void)
    }
    startNow(settled).then(finish, finish)
  })
