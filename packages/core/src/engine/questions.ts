import * as Effect from "effect/Effect"
import type { Adapter, Backend } from "../adapter/Adapter.ts"
import { tellFault } from "../adapter/protocol/Fault.ts"
import { tokensFault } from "../adapter/protocol/tokensFault.ts"
import type { Probe } from "../domain/probe.ts"
import { askBackend } from "./askBackend.ts"
import { askProbe } from "./askProbe.ts"
import type { ResolvedBackend } from "./Backends.ts"
import { bounded } from "./bounded.ts"
import { liftPromise } from "./lift.ts"
import type { Surroundings } from "./measure.ts"
import type { Operation } from "./openOperation.ts"
import { fromAdapter, protocolFailure, type RunFailure } from "./RunFailure.ts"

/** Asks a backend what it is and keeps the answer; that it does not answer is an answer too. */
export const probeBackend = Effect.fnUntraced(function* (backend: ResolvedBackend, surroundings: Surroundings) {
  const probe = yield* askBackend(backend, surroundings, (opened, operation) =>
    askProbe(backend.adapter, opened, operation)
  ).pipe(Effect.catch((failed) => Effect.succeed(absent(failed))))
  yield* surroundings.store.saveProbe(backend.name, { ...probe, at: new Date().toISOString() })
})

/** Token ids of texts; null where the backend has no way to tell. */
export const tokenizeWith = (backend: ResolvedBackend, surroundings: Surroundings, texts: readonly string[]) =>
  askBackend(backend, surroundings, (opened, operation) => askTokens(backend.adapter, opened, operation, texts)).pipe(
    Effect.catchIf(
      (failed) => failed.code === "unsupported",
      () => Effect.succeed(null)
    )
  )

const askTokens = Effect.fnUntraced(function* (
  { name }: Adapter,
  backend: Backend,
  operation: Operation,
  texts: readonly string[]
) {
  if (backend.tokenize === undefined) return null
  const tokenize = backend.tokenize.bind(backend)
  const call = liftPromise(
    () => tokenize(texts, operation.context),
    (thrown) => fromAdapter(name, thrown),
    operation
  )
  const rows = yield* bounded(name, "tokenize", call)
  const fault = tokensFault(rows, texts.length)
  return fault === null ? rows : yield* protocolFailure(name, `its tokenize says ${tellFault(fault)}`)
})

/** What could not even be asked: its reason, and as a note what to do about it. */
const absent = ({ code, message, hint }: RunFailure): Probe => ({
  reachable: false,
  server: "nothing usable",
  decidedBy: `${message} (${code})`,
  fingerprint: null,
  capabilities: [],
  notes: hint === null ? [] : [hint]
})
