import * as Schema from "effect/Schema"
import type * as Domain from "../domain/parityCase.ts"
import { Outcome } from "./verdict.ts"
import { orElse, struct, type Codec } from "./wire.ts"
import { TokenInput } from "./workload.ts"

const scoreFields = {
  query: TokenInput,
  items: Schema.Array(TokenInput),
  labels: orElse(Schema.NullOr(Schema.Array(Schema.String)), null),
  labelTokenIds: orElse(Schema.NullOr(Schema.Array(Schema.Natural)), null),
  applySoftmax: orElse(Schema.Boolean, false),
  itemFirst: orElse(Schema.Boolean, false)
}

export const ScoreCase: Codec<Domain.ScoreCase> = struct({
  ...scoreFields,
  items: scoreFields.items.check(Schema.isMinLength(1, { message: "at least one item is needed" }))
}).check(
  Schema.makeFilter(({ labels, labelTokenIds }) =>
    (labels?.length ?? 0) > 0 !== (labelTokenIds?.length ?? 0) > 0
      ? undefined
      : "give either labels or label_token_ids, with at least one label"
  )
)

const oneInput = { message: "give exactly one of prompt, input_ids and score" }
const hasOneInput = (value: { readonly [key: string]: unknown }): boolean =>
  ["prompt", "inputIds", "score"].filter((key) => key in value).length === 1

/** Read key by key, not as a union, so that an error names the one branch that was meant. */
export const CaseSpec: Codec<Domain.CaseSpec> = struct({
  name: Schema.String.check(
    Schema.isPattern(/^\P{Cc}+$/u, { message: "a name is needed, without a line break or other control character" })
  ),
  prompt: Schema.optionalKey(Schema.String.check(Schema.isNonEmpty({ message: "the prompt is empty" }))),
  inputIds: Schema.optionalKey(
    Schema.Array(Schema.Natural).check(Schema.isMinLength(1, { message: "at least one id is needed" }))
  ),
  score: Schema.optionalKey(ScoreCase),
  tolerance: orElse(Schema.NullOr(Schema.Finite.check(Schema.isGreaterThan(0))), null),
  tags: orElse(Schema.Array(Schema.String), [])
}).pipe(Schema.refine((value): value is typeof value & Domain.CaseSpec => hasOneInput(value), oneInput))

export const CaseVerdict: Codec<Domain.CaseVerdict> = struct({
  baseline: Schema.String,
  candidate: Schema.String,
  outcome: Outcome,
  maxAbsDelta: Schema.NullOr(Schema.Finite),
  comparisonId: Schema.String,
  at: Schema.String
})

/** As stored: what an earlier version let in can be read too, or nobody could see and mend it. */
export const ParityCase: Codec<Domain.ParityCase> = struct({
  id: Schema.String,
  name: Schema.String,
  prompt: Schema.optionalKey(Schema.String),
  inputIds: Schema.optionalKey(Schema.Array(Schema.Natural)),
  score: Schema.optionalKey(struct(scoreFields)),
  tolerance: orElse(Schema.NullOr(Schema.Finite), null),
  tags: orElse(Schema.Array(Schema.String), []),
  createdAt: Schema.String,
  updatedAt: Schema.String,
  verdicts: Schema.Array(CaseVerdict)
}).pipe(Schema.refine((value): value is typeof value & Domain.ParityCase => hasOneInput(value), oneInput))
