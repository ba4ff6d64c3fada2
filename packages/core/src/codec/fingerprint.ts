import * as Schema from "effect/Schema"
import type * as Domain from "../domain/fingerprint.ts"
import { struct, type Codec } from "./wire.ts"

const known = Schema.NullOr(Schema.String)

export const Fingerprint: Codec<Domain.Fingerprint> = struct({
  engine: known,
  engineVersion: known,
  commit: known,
  model: known,
  modelRevision: known,
  tokenizerHash: known,
  device: known,
  dtype: known,
  flags: Schema.JsonObject
})
