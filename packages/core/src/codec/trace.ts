import * as Schema from "effect/Schema"
import type * as Domain from "../domain/trace.ts"
import { struct, type Codec } from "./wire.ts"

export const TraceSemantics: Codec<Domain.TraceSemantics> = Schema.Literals(["raw", "temperature"])

const header = {
  case: Schema.String,
  promptLength: Schema.Natural,
  length: Schema.Natural,
  semantics: TraceSemantics
}

export const TraceHeader: Codec<Domain.TraceHeader> = struct(header)

const Logprobs = Schema.Array(Schema.NullOr(Schema.Finite))

export const TopTokens: Codec<Domain.TopTokens> = struct({
  k: Schema.Natural,
  ids: Schema.Array(Schema.Array(Schema.Int)),
  logprobs: Schema.Array(Logprobs)
})

export const TraceSlice: Codec<Domain.TraceSlice> = struct({
  ...header,
  from: Schema.Natural,
  to: Schema.Natural,
  ids: Schema.Array(Schema.Int),
  tokens: Schema.Array(Schema.NullOr(Schema.String)),
  logprobs: Logprobs,
  ranks: Schema.Array(Schema.NullOr(Schema.Int)),
  top: Schema.NullOr(TopTokens)
})

/** Typed arrays are for memory; on the wire every column is a plain array. */
export const TraceChunk: Codec<Domain.TraceChunk> = struct({
  case: Schema.String,
  promptLength: Schema.Natural,
  semantics: TraceSemantics,
  from: Schema.Natural,
  ids: Schema.Array(Schema.Int),
  tokens: Schema.Array(Schema.NullOr(Schema.String)),
  logprobs: Logprobs,
  ranks: Schema.NullOr(Schema.Array(Schema.NullOr(Schema.Int))),
  top: Schema.NullOr(TopTokens)
}) as Codec<Domain.TraceChunk>
