import * as Effect from "effect/Effect"
import type { Adapter, Backend } from "../adapter/Adapter.ts"
import { tellFault } from "../adapter/protocol/Fault.ts"
import { probeFault } from "../adapter/protocol/probeFault.ts"
import type { Probe } from "../domain/probe.ts"
import { bounded } from "./bounded.ts"
import { liftPromise } from "./lift.ts"
import type { Operation } from "./openOperation.ts"
import { fromAdapter, protocolFailure, type RunFailure } from "./RunFailure.ts"

/** Asks a backend what it is. Only an answer of the contract's shape counts, and it has to come in time. */
export const askProbe = Effect.fnUntraced(function* (
  { name }: Adapter,
  backend: Backend,
  operation: Operation
): Effect.fn.Return<Probe, RunFailure> {
  const call = liftPromise(
    () => backend.probe(operation.context),
    (thrown) => fromAdapter(name, thrown),
    operation
  )
  const probe = yield* bounded(name, "probe", call)
  const fault = probeFault(probe)
  return fault === null ? probe : yield* protocolFailure(name, `its probe says ${tellFault(fault)}`)
})
