import * as Effect from "effect/Effect"
import { readCaseLines, writeCaseLines } from "../../codec/caseLines.ts"
import { toWireNames } from "../../codec/names.ts"
import { CaseSpec as CaseSpecCodec } from "../../codec/parityCase.ts"
import { readKnown } from "../../codec/read.ts"
import type { CaseSpec } from "../../domain/parityCase.ts"
import type { RunStore } from "../../store/RunStore.ts"
import { StudioError } from "../StudioError.ts"

type Store = RunStore["Service"]

/** All cases, or those with a tag. */
export const listCases = (store: Store, { tag }: { readonly tag?: string } = {}) =>
  Effect.map(store.cases, (cases) => (tag === undefined ? cases : cases.filter(({ tags }) => tags.includes(tag))))

export const exportCases = (store: Store, filter?: { readonly tag?: string }) =>
  Effect.map(listCases(store, filter), writeCaseLines)

/** Fails with `invalid-request` where the case is none that could be read again. */
export const addCase = (store: Store, spec: CaseSpec) => Effect.flatMap(checkCase(spec), store.createCase)

export const replaceCase = (store: Store, nameOrId: string, spec: CaseSpec) =>
  Effect.flatMap(checkCase(spec), (checked) => store.replaceCase(nameOrId, checked))

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
      hint: `A line is ${caseForm}`,
      path: first.field === "" ? `line ${first.line}` : first.field
    })
  )
})

const shown = 5

const caseForm = '{"name": …, "prompt": …}, with input_ids or score in place of prompt.'

const readSpec = readKnown(CaseSpecCodec)

const checkCase = (spec: CaseSpec): Effect.Effect<CaseSpec, StudioError> => {
  const result = readSpec(toWireNames(spec))
  if (result.kind === "value") return Effect.succeed(result.value)
  const told = result.issues.map(({ path, message }) => (path === "" ? message : `${path}: ${message}`))
  return Effect.fail(
    new StudioError({
      code: "invalid-request",
      message: `The case ${JSON.stringify(spec.name)} cannot be stored: ${told.join("; ")}.`,
      hint: `A case is ${caseForm}`,
      path: result.issues[0]?.path || "case",
      errors: result.issues
    })
  )
}
