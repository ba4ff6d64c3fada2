import * as Effect from "effect/Effect"
import type { Adapter } from "../adapter/Adapter.ts"
import type { StandardIssue } from "../adapter/standardSchema.ts"
import { StudioError } from "./StudioError.ts"

/** An adapter's own reading of a backend's settings. Fails with `StudioError` `invalid-backend` that names the field. */
export const validateConfig = (
  adapter: Adapter,
  settings: unknown,
  backend: string
): Effect.Effect<unknown, StudioError> =>
  Effect.tryPromise({
    try: async () => adapter.config["~standard"].validate(settings),
    catch: (thrown) => invalid(adapter, backend, [{ message: String(thrown) }])
  }).pipe(
    Effect.flatMap((result) =>
      result.issues === undefined ? Effect.succeed(result.value) : Effect.fail(invalid(adapter, backend, result.issues))
    )
  )

const invalid = (adapter: Adapter, backend: string, issues: readonly StandardIssue[]): StudioError => {
  const told = issues.map(({ path, message }) =>
    [pathOf(path), message.replace(/\.$/u, "")].filter((part) => part !== "").join(": ")
  )
  return new StudioError({
    code: "invalid-backend",
    message: `The settings of the backend "${backend}" do not suit the adapter ${adapter.name}: ${told.join("; ")}.`,
    hint: "Correct the backend in the config file or in its spec.",
    path: ["backend", pathOf(issues[0]?.path)].filter((part) => part !== "").join(".")
  })
}

const pathOf = (path: StandardIssue["path"]): string =>
  (path ?? []).map((part) => String(typeof part === "object" ? part.key : part)).join(".")
