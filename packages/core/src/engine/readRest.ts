import * as Effect from "effect/Effect"
import type { Adapter } from "../adapter/Adapter.ts"
import { isAdapterError } from "../adapter/AdapterError.ts"
import type { JsonObject } from "../domain/json.ts"
import { invalidSpec } from "./backendSpec.ts"
import { StudioError } from "./StudioError.ts"

/** The settings that the text after `ADAPTER:` stands for. */
export const readRest = (adapter: Adapter, rest: string, spec: string): Effect.Effect<JsonObject, StudioError> =>
  Effect.try({
    try: () => (adapter.parseSpec?.(rest) ?? (rest === "" ? {} : { url: rest })) as JsonObject,
    catch: (thrown) =>
      isAdapterError(thrown)
        ? new StudioError({
            code: "invalid-backend",
            message: `The backend "${spec}" cannot be read: ${thrown.message}`,
            hint: thrown.hint,
            path: "backend"
          })
        : invalidSpec(spec, `the adapter ${adapter.name} broke on it: ${String(thrown)}`)
  })
