import * as Effect from "effect/Effect"
import { makeRedactor, secretsIn } from "../adapter/redact.ts"
import type { Backend, Context } from "../adapter/Adapter.ts"
import { liftPromise } from "./lift.ts"
import type { Executor, Surroundings } from "./measure.ts"
import { openBackend } from "./openBackend.ts"
import { openOperation } from "./openOperation.ts"
import { fromAdapter, RunFailure } from "./RunFailure.ts"

/** One question to a backend outside of any run; secrets are taken out of the answer. */
export const askBackend = <A>(
  executor: Executor,
  { store, env }: Surroundings,
  question: (backend: Backend, context: Context) => Promise<A>
): Effect.Effect<A, RunFailure> =>
  Effect.scoped(
    Effect.gen(function* () {
      const operation = yield* openOperation({ runId: null, record: null, env, dataDir: store.dataDir })
      const backend = yield* openBackend(executor, operation)
      const onError = (thrown: unknown) => fromAdapter(executor.adapter.name, thrown)
      const answer = yield* liftPromise(() => question(backend, operation.context), onError, operation)
      return makeRedactor([...secretsIn(executor.config), ...secretsIn(env)]).json(answer)
    })
  ).pipe(
    Effect.timeoutOrElse({
      duration: "30 seconds",
      orElse: () =>
        Effect.fail(
          new RunFailure({
            code: "timeout",
            message: `The adapter ${executor.adapter.name} gave no answer within 30 s.`,
            hint: "Check that the backend is alive."
          })
        )
    })
  )
