import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { readFile } from "node:fs/promises"
import { parse } from "yaml"
import { AxisValue, Point } from "../../codec/plan.ts"
import { read } from "../../codec/read.ts"
import { orElse } from "../../codec/wire.ts"
import { parseDuration } from "../../domain/duration.ts"
import type { GateRule } from "../../domain/gateRule.ts"
import type { Suite } from "../../domain/suite.ts"
import type { SuiteSource } from "../Studio.ts"
import { StudioError } from "../StudioError.ts"

/** Reads a suite file where a path is given. Fails with `StudioError` `invalid-suite`. */
export const suiteOf = (source: SuiteSource): Effect.Effect<Suite, StudioError> =>
  typeof source !== "string"
    ? Effect.succeed(source)
    : Effect.tryPromise({
        try: () => readFile(source, "utf8"),
        catch: () => invalid(source, "it cannot be read")
      }).pipe(
        Effect.flatMap((text) =>
          Effect.try({
            try: () => toSuite(source, parse(text)),
            catch: (error) =>
              (error as { _tag?: string })._tag === "StudioError"
                ? (error as StudioError)
                : invalid(source, String(error))
          })
        )
      )

const invalid = (source: string, problem: string): StudioError =>
  new StudioError({
    code: "invalid-suite",
    message: `The suite ${source} cannot be used: ${problem}.`,
    hint: "`studio plan --schema` prints what a suite file holds.",
    path: "suite"
  })

const axes = Schema.Record(Schema.String, Schema.Array(AxisValue))

const File = Schema.Struct({
  suite: Schema.NonEmptyString,
  version: orElse(Schema.Natural, 1),
  backends: orElse(Schema.Array(Schema.String), []),
  cases: Schema.Array(
    Schema.Struct({
      name: Schema.NonEmptyString,
      benchmark: Schema.NonEmptyString,
      set: orElse(Schema.Record(Schema.String, AxisValue), {}),
      timeout: Schema.optionalKey(Schema.Json),
      tags: orElse(Schema.Array(Schema.String), [])
    })
  ),
  launch: orElse(Schema.JsonObject, {}),
  matrix: orElse(
    Schema.Struct({
      axes: orElse(axes, {}),
      linked: orElse(Schema.Array(axes), []),
      exclude: orElse(Schema.Array(Point), []),
      include: orElse(Schema.Array(Point), [])
    }),
    {}
  ),
  repeats: orElse(Schema.Natural, 5),
  warmup: orElse(Schema.Natural, 0),
  order: orElse(
    Schema.Struct({
      kind: orElse(Schema.Literals(["interleaved", "sequential"]), "interleaved"),
      seed: orElse(Schema.Int, 1),
      restart: orElse(Schema.Literals(["never", "block", "point"]), "never")
    }),
    {}
  ),
  budget: orElse(
    Schema.Struct({ runs: orElse(Schema.NullOr(Schema.Natural), null), wall: orElse(Schema.Json, null) }),
    {}
  ),
  gates: orElse(
    Schema.Array(
      Schema.Struct({
        name: Schema.String,
        metric: Schema.String,
        max_regression: Schema.optionalKey(Schema.Json),
        max: Schema.optionalKey(Schema.Json)
      })
    ),
    []
  ),
  tags: orElse(Schema.Array(Schema.String), [])
})

const toSuite = (source: string, json: unknown): Suite => {
  const result = read(File)(json)
  if (result.kind === "refused")
    throw invalid(source, result.issues.map(({ path, message }) => `${path}: ${message}`).join("; "))
  const { cases, gates, budget, ...rest } = result.value
  return {
    ...rest,
    budget: { runs: budget.runs, wallMs: budget.wall === null ? null : parseDuration(budget.wall) },
    cases: cases.map(({ name, benchmark, set, timeout, tags }) => ({
      name,
      of: name,
      tags,
      timeoutMs: timeout === undefined ? null : parseDuration(timeout),
      request: { benchmark: { entrypoint: benchmark, set } }
    })),
    gates: gates.map(({ name, metric, max, max_regression }): GateRule =>
      max_regression === undefined
        ? { name, metric, max: share(max) }
        : { name, metric, maxRegression: share(max_regression) }
    )
  }
}

const share = (written: unknown): number =>
  typeof written === "string" && written.endsWith("%") ? Number(written.slice(0, -1)) / 100 : Number(written)
