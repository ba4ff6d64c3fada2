import * as Effect from "effect/Effect"
import type { CaseSpec } from "../../domain/parityCase.ts"
import type { RunStore } from "../../store/RunStore.ts"
import type { StoreError } from "../../store/StoreError.ts"
import type { Backends, ResolvedBackend } from "../Backends.ts"
import type { ParityOptions } from "./ParityOptions.ts"
import { sharedName } from "../backendSpec.ts"
import { StudioError } from "../StudioError.ts"
import { builtinCases } from "./builtinCases.ts"
import type { ParityPlan } from "./runParity.ts"

interface Means {
  readonly store: RunStore["Service"]
  readonly backends: Backends
}

/** Understands everything before anything is run. Fails with `StudioError` that names the option. */
export const planParity = Effect.fnUntraced(function* (
  { store, backends }: Means,
  options: ParityOptions
): Effect.fn.Return<ParityPlan, StudioError | StoreError> {
  const { self = false, noiseFloor = 2, maxNewTokens = 16, tags, timeoutMs = patienceMs, onProgress } = options
  const miscounted = countProblem(options.backends, self)
  if (miscounted !== null) return yield* Effect.fail(miscounted)
  const resolved = yield* Effect.forEach(options.backends, backends.resolve)
  const reference = options.reference === undefined ? null : yield* backends.resolve(options.reference)
  const problem =
    numberProblem("noise_floor", noiseFloor, 0) ??
    numberProblem("max_new_tokens", maxNewTokens, 1) ??
    mockProblem(options, reference === null ? resolved : [...resolved, reference])
  if (problem !== null) return yield* Effect.fail(problem)
  const cases = options.cases ?? (yield* store.cases)
  if (options.cases?.length === 0) return yield* Effect.fail(noCases)
  return {
    backends: resolved,
    cases: cases.length === 0 ? builtinCases : cases,
    self,
    noiseFloor,
    reference,
    maxNewTokens,
    ...(tags !== undefined && { tags }),
    timeoutMs,
    ...(onProgress !== undefined && { onProgress })
  }
})

/** One prompt takes seconds, and minutes where an engine compiles first; a server that hangs must not hold a check. */
const patienceMs = 300_000

const countProblem = (specs: readonly string[], self: boolean): StudioError | null => {
  const twice = sharedName(specs)
  if (twice !== null)
    return invalid("backends", `The backend "${twice}" is named twice.`, "Name two, or one with --self.")
  if (specs.length === 0 || (specs.length === 1 && !self))
    return invalid(
      "backends",
      "Parity is between two backends.",
      "Name another one, or say --self to check one against itself."
    )
  return null
}

const numberProblem = (path: string, value: number, least: number): StudioError | null =>
  Number.isInteger(value) && value >= least
    ? null
    : invalid(path, `${value} is no value for ${path}.`, `Give a whole number from ${least}.`)

const mockProblem = (
  { gate = false, allowMock = false }: ParityOptions,
  backends: readonly ResolvedBackend[]
): StudioError | null => {
  const mocks = backends.filter(({ adapter, settings }) => adapter.mock === true || settings.adapterMode === "mock")
  if (!gate || allowMock || mocks.length === 0) return null
  return new StudioError({
    code: "mock-refused",
    message: `A gate does not judge mock results: ${mocks.map(({ name }) => name).join(", ")}.`,
    hint: "Name real backends, or say --allow-mock.",
    path: "backends"
  })
}

const invalid = (path: string, message: string, hint: string): StudioError =>
  new StudioError({ code: "invalid-request", message, hint, path })

const noCases = invalid("cases", "There are no cases.", "Give at least one prompt or score.")

/** Cases that `ids` name (by id or name) or that bear the tag; all where neither is given. */
export const chooseCases = Effect.fnUntraced(function* (
  store: RunStore["Service"],
  { ids, tag }: { readonly ids?: readonly string[]; readonly tag?: string }
) {
  const named: readonly CaseSpec[] = ids === undefined ? yield* store.cases : yield* Effect.forEach(ids, store.case)
  const chosen = tag === undefined ? named : named.filter(({ tags }) => tags.includes(tag))
  if (chosen.length > 0) return chosen
  return yield* Effect.fail(
    tag === undefined
      ? new StudioError({
          code: "no-cases",
          message: "No case is stored.",
          hint: "Add one with `studio cases add`, or read a file with `studio cases import FILE`.",
          path: "ids"
        })
      : new StudioError({ code: "no-cases", message: `No case bears the tag "${tag}".`, hint: null, path: "tag" })
  )
})
