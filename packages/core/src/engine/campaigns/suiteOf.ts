import * as Effect from "effect/Effect"
import type { Suite } from "../../domain/suite.ts"
import { isSuiteError } from "../../suiteFile/SuiteProblem.ts"
import type { SuiteSource } from "../Studio.ts"
import { StudioError } from "../StudioError.ts"

/** Reads a suite, of a file where a path is given. Fails with `StudioError` `invalid-suite`. */
export const suiteOf = (source: SuiteSource): Effect.Effect<Suite, StudioError> =>
  Effect.tryPromise({
    // Loaded where there is a suite: a server that only shows runs does without a YAML parser.
    try: async () => {
      const { readSuite, resolveSuite } = await import("../../suiteFile/readSuite.ts")
      return typeof source === "string" ? readSuite(source) : resolveSuite(source, process.cwd())
    },
    catch: (error) =>
      isSuiteError(error)
        ? new StudioError(error)
        : new StudioError({
            code: "defect",
            message: String(error),
            hint: "This is a defect of the studio; report it."
          })
  })
