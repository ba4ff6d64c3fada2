import * as Schema from "effect/Schema"
import type * as Domain from "../domain/parityCase.ts"
import { Outcome } from "./verdict.ts"
import { orElse, struct, type Codec } from "./wire.ts"
import { TokenInput } from "./workload.ts"

const TokenIds = Schema.Array(Schema.Natural).check(Schema.isMinLength(1, { message: "at least one id is needed" }))

export const ScoreCase: Codec<Domain.ScoreCase> = struct({
  query: TokenInput,
  items: Schema.Array(TokenInput).check(Schema.isMinLength(1, { message: "at least one item is needed" })),
  labels: orElse(Schema.NullOr(Schema.Array(Schema.String)), null),
  labelTokenIds: orElse(Schema.NullOr(Schema.Array(Schema.Natural)), null),
  applySoftmax: orElse(Schema.Boolean, false),
  itemFirst: orElse(Schema.Boolean, false)
}).check(
  Schema.makeFilter(({ labels, labelTokenIds }) =>
    (labels?.length ?? 0) > 0 !== (labelTokenIds?.length ?? 0) > 0
      ? undefined
      : "give either labels or label_token_ids, with at least one label"
  )
)

const spec = {
  name: Schema.String.check(Schema.isNonEmpty({ message: "a name is needed" })),
  prompt: Schema.optionalKey(Schema.String.check(Schema.isNonEmpty({ message: "the prompt is empty" }))),
  inputIds: Schema.optionalKey(TokenIds),
  score: Schema.optionalKey(ScoreCase),
  tolerance: orElse(Schema.NullOr(Schema.Finite.check(Schema.isGreaterThan(0))), null),
  tags: orElse(Schema.Array(Schema.String), [])
}

const oneInput = { message: "give exactly one of prompt, input_ids and score" }
const hasOneInput = (value: { readonly [key: string]: unknown }): boolean =>
  ["prompt", "inputIds", "score"].filter((key) => key in value).length === 1

/** Read key by key, not as a union, so that an error names the one branch that was meant. */
export const CaseSpec: Codec<Domain.CaseSpec> = struct(spec).pipe(
  Schema.refine((value): value is typeof value & Domain.CaseSpec => hasOneInput(value), oneInput)
)

export const CaseVerdict: Codec<Domain.CaseVerdict> = struct({
  baseline: Schema.String,
  candidate: Schema.String,
  outcome: Outcome,
  maxAbsDelta: Schema.NullOr(Schema.Finite),
  comparisonId: Schema.String,
  at: Schema.String
})

export const ParityCase: Codec<Domain.ParityCase> = struct({
  id: Schema.String,
  ...spec,
  createdAt: Schema.String,
  updatedAt: Schema.String,
  verdicts: Schema.Array(CaseVerdict)
}).pipe(Schema.refine((value): value is typeof value & Domain.ParityCase => hasOneInput(value), oneInput))
