import * as Effect from "effect/Effect"
import { liftPromise } from "./lift.ts"
import type { Executor } from "./measure.ts"
import type { Operation } from "./openOperation.ts"
import { fromAdapter } from "./RunFailure.ts"

/** Opens a backend until the scope closes. */
export const openBackend = Effect.fnUntraced(function* ({ adapter, config }: Executor, operation: Operation) {
  const onError = (thrown: unknown) => fromAdapter(adapter.name, thrown)
  const backend = yield* liftPromise(() => adapter.open(config), onError, operation)
  yield* Effect.addFinalizer(() =>
    Effect.ignore(liftPromise(() => backend.close(), onError, { ...operation, abort: ignore }))
  )
  return backend
})

const ignore = () => {}
