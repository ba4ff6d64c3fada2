/** One promise of the adapter contract that can be checked by running it. */
export interface Law {
  /** Says the promise; stable, so that a report can be read by name. */
  readonly name: string
  /** Why the law cannot be checked here, or null when it can. Without it the law always applies. */
  readonly when?: () => Promise<string | null>
  /** Null when the law is kept; else what was expected, what was seen, and how to put it right. */
  readonly check: () => Promise<string | null>
}

export interface LawResult {
  readonly name: string
  readonly status: "pass" | "fail" | "skip"
  /** Null for a pass. */
  readonly reason: string | null
}

/** The reason of a broken law in one voice. */
export const broken = (parts: { readonly expected: string; readonly saw: string; readonly fix: string }): string =>
  `expected ${parts.expected}; saw ${parts.saw}. ${parts.fix}`

/** The first problem that a list of checks finds. */
export const firstOf = (...problems: readonly (string | null)[]): string | null =>
  problems.find((problem) => problem !== null) ?? null

/** A value in a reason: short, on one line. */
export const show = (value: unknown): string => {
  const text = typeof value === "string" ? JSON.stringify(value) : (JSON.stringify(value) ?? String(value))
  return text.length > 160 ? `${text.slice(0, 157)}...` : text
}

/** What an unknown thrown value says. */
export const messageOf = (error: unknown): string =>
  typeof error === "object" && error !== null && "message" in error ? String(error.message) : String(error)
