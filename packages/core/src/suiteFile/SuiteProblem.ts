/** One mistake in a suite. */
export interface SuiteProblem {
  /** Where in the suite, in parts; empty for the whole. */
  readonly at: readonly string[]
  /** What is wrong, and what would be right. */
  readonly message: string
  /** `key`: the name of the field is wrong, not its value. */
  readonly on?: "key"
  /** `prompts.jsonl:3`, for what is wrong in a file that the suite names. */
  readonly within?: string
}

/** A suite that cannot be used; the message lists every mistake. */
export class SuiteError extends Error {
  readonly _tag = "SuiteError"
  readonly code = "invalid-suite"
  override readonly name = "SuiteError"
  readonly hint = "docs/suites.md describes every field; `studio plan --schema` prints the JSON Schema."
  /** Dotted path of the first mistake. */
  readonly path: string

  constructor(message: string, path: string) {
    super(message)
    this.path = path
  }
}

export const isSuiteError = (error: unknown): error is SuiteError =>
  typeof error === "object" && error !== null && "_tag" in error && error._tag === "SuiteError"
