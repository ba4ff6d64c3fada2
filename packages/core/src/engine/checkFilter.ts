import { provenances, runStatuses } from "../domain/run.ts"
import { isTime } from "../domain/time.ts"
import { runKinds } from "../domain/workload.ts"
import type { RunFilter } from "./RunOptions.ts"
import { StudioError, type FieldError } from "./StudioError.ts"

const allowed = { kind: runKinds, status: runStatuses, provenance: provenances } as const

/**
 * What in a filter no run can ever match, as `invalid-request`; null: nothing. Names of backends, tags and suites are
 * not known beforehand: one that nothing bears gives an empty list.
 */
export const filterProblem = (filter: RunFilter): StudioError | null => {
  const errors = problemsOf(filter)
  const [first] = errors
  if (first === undefined) return null
  return new StudioError({
    code: "invalid-request",
    message: errors.map(({ message }) => message).join(" "),
    hint: "Correct the value, or leave the filter out.",
    path: first.path,
    errors
  })
}

const problemsOf = (filter: RunFilter): readonly FieldError[] => {
  const named = (["kind", "status", "provenance"] as const).flatMap((path): readonly FieldError[] => {
    const value = filter[path]
    const known: readonly string[] = allowed[path]
    if (value === undefined || known.includes(value)) return []
    return [{ path, message: `No run has the ${path} ${JSON.stringify(value)}; there is ${known.join(", ")}.` }]
  })
  const { since } = filter
  if (since === undefined || isTime(since)) return named
  const message = `since ${JSON.stringify(since)} is no time; 2026-01-31 or 2026-01-31T12:00:00Z is.`
  return [...named, { path: "since", message }]
}
