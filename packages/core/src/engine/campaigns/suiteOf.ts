import * as Effect from "effect/Effect"
import type { Suite } from "../../domain/suite.ts"
import { isSuiteError, type SuiteMistake } from "../../suiteFile/SuiteProblem.ts"
import type { SuiteSource, SuiteText } from "./CampaignStart.ts"
import { StudioError, type FieldError } from "../StudioError.ts"

/** Reads a suite, of a file where a path is given. Files that a text names are looked for in the working folder. Fails with `StudioError` `invalid-suite`. */
export const suiteOf = (source: SuiteSource): Effect.Effect<Suite, StudioError> =>
  Effect.tryPromise({
    // Loaded where there is a suite: a server that only shows runs does without a YAML parser.
    try: async () => {
      const { readSuite, readSuiteText, resolveSuite } = await import("../../suiteFile/readSuite.ts")
      if (typeof source === "string") return readSuite(source)
      return isSuiteText(source) ? readSuiteText(source.text, process.cwd()) : resolveSuite(source, process.cwd())
    },
    catch: (error) =>
      isSuiteError(error)
        ? new StudioError({ ...error, message: error.message, errors: error.mistakes.map(fieldError) })
        : new StudioError({
            code: "defect",
            message: String(error),
            hint: "This is a defect of the studio; report it."
          })
  })

/** No suite has such a field. */
const isSuiteText = (source: object): source is SuiteText => "text" in source && typeof source.text === "string"

const fieldError = ({ path, message, place }: SuiteMistake): FieldError => ({ path, message, ...place })
