import * as Schema from "effect/Schema"
import type * as Domain from "../domain/sample.ts"
import { struct, type Codec } from "./wire.ts"

const known = Schema.NullOr(Schema.Finite)

export const Sample: Codec<Domain.Sample> = struct({
  startMs: known,
  ttftMs: known,
  itlMs: Schema.NullOr(Schema.Array(Schema.Finite)),
  e2eMs: known,
  inputTokens: known,
  outputTokens: known,
  error: Schema.NullOr(Schema.String)
})
