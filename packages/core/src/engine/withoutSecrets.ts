import { makeRedactor } from "../adapter/redact.ts"
import { isSecretName } from "../adapter/secretName.ts"
import type { JsonObject } from "../domain/json.ts"
import type { BackendConfig } from "./StudioOptions.ts"

/** The settings of a backend as they may be stored. */
export const withoutSecrets = (settings: BackendConfig): JsonObject =>
  makeRedactor().json(
    Object.fromEntries(Object.entries(settings).filter(([name]) => !isSecretName(name)))
  ) as JsonObject
