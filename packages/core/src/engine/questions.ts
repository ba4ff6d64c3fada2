import * as Effect from "effect/Effect"
import type { Probe } from "../domain/probe.ts"
import { askBackend } from "./askBackend.ts"
import type { ResolvedBackend } from "./Backends.ts"
import type { Surroundings } from "./measure.ts"
import type { RunFailure } from "./RunFailure.ts"

/** Asks a backend what it is and keeps the answer; that it does not answer is an answer too. */
export const probeBackend = Effect.fnUntraced(function* (backend: ResolvedBackend, surroundings: Surroundings) {
  const probe = yield* askBackend(backend, surroundings, (opened, context) => opened.probe(context)).pipe(
    Effect.catch((failed) => Effect.succeed(absent(failed)))
  )
  yield* surroundings.store.saveProbe(backend.name, { ...probe, at: new Date().toISOString() })
})

/** Token ids of texts; null where the backend has no way to tell. */
export const tokenizeWith = (backend: ResolvedBackend, surroundings: Surroundings, texts: readonly string[]) =>
  askBackend(backend, surroundings, async (opened, context) => (await opened.tokenize?.(texts, context)) ?? null).pipe(
    Effect.catchIf(
      (failed) => failed.code === "unsupported",
      () => Effect.succeed(null)
    )
  )

const absent = ({ code, message }: RunFailure): Probe => ({
  reachable: false,
  server: "nothing usable",
  decidedBy: `${message} (${code})`,
  fingerprint: null,
  capabilities: [],
  notes: []
})
