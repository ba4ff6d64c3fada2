import * as Schema from "effect/Schema"
import { struct } from "../codec/wire.ts"
import type { WireCodec } from "../codec/WireCodec.ts"

/** What every refusal and failure of the API looks like: RFC 9457, with a stable code and the next step. */
export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly code: string
  readonly hint: string | null
  readonly errors?: readonly FieldProblem[]
}

/** What is wrong with one field; line and column, from 1, where it stands in a text that was sent. */
export interface FieldProblem {
  readonly path: string
  readonly message: string
  readonly line?: number
  readonly column?: number
}

export const Problem: WireCodec<Problem> = struct({
  type: Schema.String,
  title: Schema.String,
  status: Schema.Int,
  detail: Schema.String,
  code: Schema.String,
  hint: Schema.NullOr(Schema.String),
  errors: Schema.optionalKey(
    Schema.Array(
      struct({
        path: Schema.String,
        message: Schema.String,
        line: Schema.optionalKey(Schema.Natural),
        column: Schema.optionalKey(Schema.Natural)
      })
    )
  )
})
