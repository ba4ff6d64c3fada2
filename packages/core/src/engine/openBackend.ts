import * as Effect from "effect/Effect"
import { showValue } from "../adapter/protocol/Fault.ts"
import { bounded } from "./bounded.ts"
import { liftPromise, settle } from "./lift.ts"
import type { Executor } from "./measure.ts"
import type { Operation } from "./openOperation.ts"
import { describe, fromAdapter, protocolFailure } from "./RunFailure.ts"

/** Opens a backend until the scope closes; one that does not close within 5 s is left behind, and that is told. */
export const openBackend = Effect.fnUntraced(function* ({ adapter, config }: Executor, operation: Operation) {
  const onError = (thrown: unknown) => fromAdapter(adapter.name, thrown)
  const backend = yield* bounded(
    adapter.name,
    "open",
    liftPromise(() => adapter.open(config), onError, operation)
  )
  const missing = isObject(backend) ? (["probe", "close"] as const).find((name) => !isMember(backend[name])) : "open"
  if (missing === "open") return yield* protocolFailure(adapter.name, `its open gave ${showValue(backend)}`)
  if (missing !== undefined) return yield* protocolFailure(adapter.name, `its backend has no member "${missing}"`)
  const { log } = operation.context
  yield* Effect.addFinalizer(() =>
    settle(() => backend.close(), {
      onLate: () => log(`The adapter ${adapter.name} did not close its backend within 5 s; it is left behind.`),
      onError: (thrown) => log(`The adapter ${adapter.name} failed to close its backend: ${describe(thrown)}`)
    })
  )
  return backend
})

const isObject = (value: unknown): boolean => typeof value === "object" && value !== null
const isMember = (value: unknown): boolean => typeof value === "function"
