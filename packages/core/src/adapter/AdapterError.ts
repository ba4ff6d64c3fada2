export const adapterErrorReasons = [
  "not-installed",
  "unreachable",
  "not-this-engine",
  "unsupported",
  "invalid-request",
  "protocol",
  "crashed",
  "timeout"
] as const

export type AdapterErrorReason = (typeof adapterErrorReasons)[number]

/**
 * The only error that crosses the adapter boundary.
 *
 * `message` says what happened to the person at the terminal, `hint` the next step, `detail` carries evidence such as
 * the last lines of stderr. Recognise it by `_tag`: a plugin may carry its own copy of this class.
 */
export class AdapterError extends Error {
  readonly _tag = "AdapterError"
  override readonly name = "AdapterError"
  readonly reason: AdapterErrorReason
  readonly hint: string
  readonly detail: string | undefined

  constructor(fields: { reason: AdapterErrorReason; message: string; hint: string; detail?: string | undefined }) {
    super(fields.message)
    this.reason = fields.reason
    this.hint = fields.hint
    this.detail = fields.detail
  }
}

export const isAdapterError = (error: unknown): error is AdapterError =>
  typeof error === "object" && error !== null && "_tag" in error && error._tag === "AdapterError"
