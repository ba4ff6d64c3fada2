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

/** One mistake as it is told. */
export interface SuiteMistake {
  /** Dotted; empty for the whole. */
  readonly path: string
  /** What is wrong, and what would be right. */
  readonly message: string
  /** Where in the text of the suite, if it has one. */
  readonly place: Place | null
}

/** From 1. */
export interface Place {
  readonly line: number
  readonly column: number
}

/** A suite that cannot be used; the message lists every mistake. */
export class SuiteError extends Error {
  readonly _tag = "SuiteError"
  readonly code = "invalid-suite"
  override readonly name = "SuiteError"
  readonly hint = "docs/suites.md describes every field; `studio plan --schema` prints the JSON Schema."
  /** Dotted path of the first mistake. */
  readonly path: string

  /** Empty where there is no suite to speak of. */
  readonly mistakes: readonly SuiteMistake[]

  constructor(message: string, path: string, mistakes: readonly SuiteMistake[] = []) {
    super(message)
    this.path = path
    this.mistakes = mistakes
  }
}

export const isSuiteError = (error: unknown): error is SuiteError =>
  typeof error === "object" && error !== null && "_tag" in error && error._tag === "SuiteError"
