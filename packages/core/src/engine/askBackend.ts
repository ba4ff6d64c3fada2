import * as Effect from "effect/Effect"
import { makeRedactor, secretsIn } from "../adapter/redact.ts"
import type { Backend } from "../adapter/Adapter.ts"
import type { Executor, Surroundings } from "./measure.ts"
import { openBackend } from "./openBackend.ts"
import { openOperation, type Operation } from "./openOperation.ts"
import type { RunFailure } from "./RunFailure.ts"

/** One question to a backend outside of any run; secrets are taken out of the answer. */
export const askBackend = <A>(
  executor: Executor,
  { store, env }: Surroundings,
  question: (backend: Backend, operation: Operation) => Effect.Effect<A, RunFailure>
): Effect.Effect<A, RunFailure> =>
  Effect.scoped(
    Effect.gen(function* () {
      const operation = yield* openOperation({ runId: null, record: null, env, dataDir: store.dataDir })
      const backend = yield* openBackend(executor, operation)
      const answer = yield* question(backend, operation)
      return makeRedactor([...secretsIn(executor.config), ...secretsIn(env)]).json(answer)
    })
  )
