/** What is wrong with one field, and what would be right. */
export interface FieldError {
  readonly path: string
  readonly message: string
  /** In the text that was given, from 1. */
  readonly line?: number
  readonly column?: number
}

/** What went wrong for the caller, with a stable code and the next step. */
export class StudioError extends Error {
  readonly _tag = "StudioError"
  override readonly name = "StudioError"
  readonly code: string
  readonly hint: string | null
  /** Dotted path of the offending field, in wire names. */
  readonly path: string | undefined
  /** Every mistake, where there are several or each has its place in a text. */
  readonly errors: readonly FieldError[]

  constructor(fields: {
    code: string
    message: string
    hint?: string | null
    path?: string | undefined
    errors?: readonly FieldError[]
    cause?: unknown
  }) {
    super(fields.message, fields.cause === undefined ? undefined : { cause: fields.cause })
    this.code = fields.code
    this.hint = fields.hint ?? null
    this.path = fields.path
    this.errors = fields.errors ?? []
  }
}

export const isStudioError = (error: unknown): error is StudioError =>
  typeof error === "object" && error !== null && "_tag" in error && error._tag === "StudioError"
