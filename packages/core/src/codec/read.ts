import * as Result from "effect/Result"
import * as SchemaIssue from "effect/SchemaIssue"
import * as SchemaParser from "effect/SchemaParser"
import { schemaOf } from "./wire.ts"
import type { WireCodec } from "./WireCodec.ts"

/** One thing that is wrong with a document; `path` is dotted, in wire names, and empty for the whole. */
export interface ReadIssue {
  readonly path: string
  readonly message: string
}

export type Read<T, Issue = ReadIssue> =
  | { readonly kind: "value"; readonly value: T }
  | { readonly kind: "refused"; readonly issues: readonly Issue[] }

/** The same, with its path in parts. */
export interface PlacedIssue {
  readonly at: readonly string[]
  readonly message: string
}

/** Reads what a person wrote: strictly, with every issue at once. Unknown keys are refused by name. */
export const read = <T>(codec: WireCodec<T>): ((json: unknown) => Read<T>) => {
  const parse = readPlaced(codec)
  return (json) => withPaths(parse(json))
}

/** As `read`, for what a program made: keys that are not known are dropped. */
export const readKnown = <T>(codec: WireCodec<T>): ((json: unknown) => Read<T>) => {
  const parse = readPlaced(codec, "ignore")
  return (json) => withPaths(parse(json))
}

const withPaths = <T>(result: Read<T, PlacedIssue>): Read<T> =>
  result.kind === "value"
    ? result
    : { kind: "refused", issues: result.issues.map(({ at, message }) => ({ path: at.join("."), message })) }

/** As `read`, for those who know where in a text each part stands. */
export const readPlaced = <T>(
  codec: WireCodec<T>,
  onExcessProperty: "error" | "ignore" = "error"
): ((json: unknown) => Read<T, PlacedIssue>) => {
  const parse = SchemaParser.decodeUnknownResult(schemaOf(codec), { onExcessProperty, errors: "all" })
  return (json) =>
    Result.match(parse(json), {
      onSuccess: (value): Read<T, PlacedIssue> => ({ kind: "value", value }),
      onFailure: (issue): Read<T, PlacedIssue> => ({
        kind: "refused",
        issues: firstOfEach(format(issue).issues.map(toPlacedIssue))
      })
    })
}

const format = SchemaIssue.makeFormatterStandardSchemaV1({
  leafHook: (issue) => {
    if (issue._tag === "UnexpectedKey") return "unknown field"
    if (issue._tag === "MissingKey") return "missing"
    return SchemaIssue.defaultLeafHook(issue)
  }
})

type Issue = ReturnType<typeof format>["issues"][number]

const toPlacedIssue = ({ path, message }: Issue): PlacedIssue => ({
  at: (path ?? []).map((part) => String(typeof part === "object" ? part.key : part)),
  message
})

/** A value that is wrong in one way is mostly wrong in others too; the first says enough. */
const firstOfEach = (issues: readonly PlacedIssue[]): readonly PlacedIssue[] =>
  [...new Map(issues.toReversed().map((issue) => [issue.at.join("."), issue])).values()].toReversed()
