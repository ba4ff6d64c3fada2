import * as Schema from "effect/Schema"
import * as Domain from "../domain/validity.ts"
import { struct, type Codec } from "./wire.ts"

export const Finding: Codec<Domain.Finding> = struct({
  code: Schema.Literals(Domain.findingCodes),
  severity: Schema.Literals(["info", "warning", "error"]),
  message: Schema.String,
  evidence: Schema.JsonObject
})

export const ValidityOutcome: Codec<Domain.ValidityOutcome> = Schema.Literals(["valid", "suspect", "invalid"])

export const Validity: Codec<Domain.Validity> = struct({
  outcome: ValidityOutcome,
  findings: Schema.Array(Finding)
})
