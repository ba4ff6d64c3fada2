import * as Schema from "effect/Schema"
import type * as Domain from "../domain/verdict.ts"
import { struct, type Codec } from "./wire.ts"

export const Outcome: Codec<Domain.Outcome> = Schema.Literals(["pass", "fail", "inconclusive"])

export const Reason: Codec<Domain.Reason> = struct({
  code: Schema.String,
  message: Schema.String,
  evidence: Schema.JsonObject
})

export const Verdict: Codec<Domain.Verdict> = struct({
  outcome: Outcome,
  sentence: Schema.String,
  reasons: Schema.Array(Reason),
  wouldDecide: Schema.NullOr(Schema.String)
})
