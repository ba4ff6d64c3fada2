import * as Effect from "effect/Effect"
import { readCaseLines, writeCaseLines } from "../../codec/caseLines.ts"
import type { RunStore } from "../../store/RunStore.ts"
import { StudioError } from "../StudioError.ts"

type Store = RunStore["Service"]

/** All cases, or those with a tag. */
export const listCases = (store: Store, { tag }: { readonly tag?: string } = {}) =>
  Effect.map(store.cases, (cases) => (tag === undefined ? cases : cases.filter(({ tags }) => tags.includes(tag))))

export const exportCases = (store: Store, filter?: { readonly tag?: string }) =>
  Effect.map(listCases(store, filter), writeCaseLines)

/** All or none: a file with a bad line changes nothing. */
export const importCases = Effect.fnUntraced(function* (store: Store, lines: string, from: string) {
  const { cases, problems } = readCaseLines(lines)
  const [first] = problems
  if (first === undefined) return yield* store.saveCases(cases)
  const told = problems
    .slice(0, shown)
    .map(({ line, field, message }) => `line ${line}: ${field === "" ? "" : `${field}: `}${message}`)
  const more = problems.length > shown ? `, and ${problems.length - shown} more` : ""
  return yield* Effect.fail(
    new StudioError({
      code: "invalid-cases",
      message: `${from} cannot be read: ${told.join("; ")}${more}.`,
      hint: 'A line is {"name": …, "prompt": …}, with input_ids or score in place of prompt.',
      path: first.field === "" ? `line ${first.line}` : first.field
    })
  )
})

const shown = 5
