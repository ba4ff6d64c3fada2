import * as Effect from "effect/Effect"
import type { Suite } from "../../domain/suite.ts"
import type { StoreError } from "../../store/StoreError.ts"
import { isSuiteError, type SuiteMistake } from "../../suiteFile/SuiteProblem.ts"
import type { SuiteOf, SuiteSource, SuiteText } from "./CampaignStart.ts"
import { StudioError, type FieldError } from "../StudioError.ts"

/** The suites that campaigns ran, by their ids. */
interface Ran {
  readonly suite: (campaign: string) => Effect.Effect<Suite, StudioError | StoreError>
}

/** Reads a suite, of a file where a path is given. Files that a text names are looked for in the working folder. Fails with `StudioError` `invalid-suite`. */
export const suiteOf = (source: SuiteSource, ran: Ran): Effect.Effect<Suite, StudioError | StoreError> =>
  typeof source === "object" && isSuiteOf(source) ? ran.suite(source.campaign) : readSource(source)

const readSource = (source: Exclude<SuiteSource, SuiteOf>): Effect.Effect<Suite, StudioError> =>
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

/** No suite has such fields. */
const isSuiteOf = (source: object): source is SuiteOf => "campaign" in source && typeof source.campaign === "string"

const isSuiteText = (source: object): source is SuiteText => "text" in source && typeof source.text === "string"

const fieldError = ({ path, message, place }: SuiteMistake): FieldError => ({ path, message, ...place })
