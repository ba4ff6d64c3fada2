import type { JsonObject } from "./json.ts"

/** What answered: everything that makes a run comparable with another. Null = the backend does not say. */
export interface Fingerprint {
  readonly engine: string | null
  readonly engineVersion: string | null
  readonly commit: string | null
  readonly model: string | null
  readonly modelRevision: string | null
  readonly tokenizerHash: string | null
  readonly device: string | null
  /** `float32`, `bfloat16`, ... as the backend declares it. */
  readonly dtype: string | null
  /** Resolved launch flags, secrets redacted; host names, ports and paths of this machine left out of the system hash. */
  readonly flags: JsonObject
}
