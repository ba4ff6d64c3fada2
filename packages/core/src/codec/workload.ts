import * as Schema from "effect/Schema"
import * as Domain from "../domain/workload.ts"
import { orElse, struct, type Codec } from "./wire.ts"

export const RunKind: Codec<Domain.RunKind> = Schema.Literals(Domain.runKinds)

const TokenIds = Schema.Array(Schema.Natural)

export const TokenInput: Codec<Domain.TokenInput> = Schema.Union([Schema.String, TokenIds]).annotate({
  expected: "text, or a list of token ids"
})

export const MaskChoice: Codec<Domain.MaskChoice> = struct({
  preset: Schema.Literals(["none", "causal", "bidirectional-prefix", "doc-isolation", "custom"]),
  matrix: orElse(Schema.NullOr(Schema.Array(Schema.Array(Schema.Literals([0, 1])))), null)
})

export const ScoreInput: Codec<Domain.ScoreInput> = struct({
  query: TokenInput,
  items: Schema.Array(TokenInput).check(Schema.isMinLength(1, { message: "at least one item is needed" })),
  labels: orElse(Schema.NullOr(Schema.Array(Schema.String)), null),
  labelTokenIds: orElse(Schema.NullOr(TokenIds), null),
  applySoftmax: orElse(Schema.Boolean, false),
  itemFirst: orElse(Schema.Boolean, false),
  oneByOne: orElse(Schema.Boolean, false),
  mask: orElse(Schema.NullOr(MaskChoice), null)
}).check(
  Schema.makeFilter(({ labels, labelTokenIds }) =>
    (labels?.length ?? 0) > 0 !== (labelTokenIds?.length ?? 0) > 0
      ? undefined
      : "give either labels or label_token_ids, with at least one label"
  )
)

export const GenerateInput: Codec<Domain.GenerateInput> = struct({
  prompt: orElse(Schema.NullOr(Schema.String), null),
  inputIds: orElse(Schema.NullOr(TokenIds), null),
  maxNewTokens: orElse(Schema.Natural, 32),
  temperature: orElse(Schema.Finite.check(Schema.isGreaterThanOrEqualTo(0)), 0),
  seed: orElse(Schema.NullOr(Schema.Int), null),
  topLogprobs: orElse(Schema.Natural, 5)
}).check(
  Schema.makeFilter(({ prompt, inputIds }) =>
    (prompt === null) !== (inputIds === null) ? undefined : "give either prompt or input_ids"
  )
)

export const BenchmarkFlags: Codec<Domain.BenchmarkFlags> = Schema.Record(
  Schema.String,
  Schema.Union([Schema.String, Schema.Finite, Schema.Boolean])
)

export const BenchmarkInput: Codec<Domain.BenchmarkInput> = struct({
  entrypoint: Schema.NonEmptyString,
  set: orElse(BenchmarkFlags, {})
})

/** Read key by key, not as a union, so that an error names the one branch that was meant. */
export const RunRequest: Codec<Domain.RunRequest> = struct({
  score: Schema.optionalKey(ScoreInput),
  generate: Schema.optionalKey(GenerateInput),
  benchmark: Schema.optionalKey(BenchmarkInput)
}).pipe(
  Schema.refine((request): request is typeof request & Domain.RunRequest => Object.keys(request).length === 1, {
    message: "give exactly one of score, generate and benchmark"
  })
)
