import * as Result from "effect/Result"
import * as SchemaIssue from "effect/SchemaIssue"
import * as SchemaParser from "effect/SchemaParser"
import type { Codec } from "./wire.ts"

/** One thing that is wrong with a document; `path` is dotted, in wire names, and empty for the whole. */
export interface ReadIssue {
  readonly path: string
  readonly message: string
}

export type Read<T> =
  | { readonly kind: "value"; readonly value: T }
  | { readonly kind: "refused"; readonly issues: readonly ReadIssue[] }

/** Reads what a person wrote: strictly, with every issue at once. Unknown keys are refused by name. */
export const read = <T>(codec: Codec<T>): ((json: unknown) => Read<T>) => {
  const parse = SchemaParser.decodeUnknownResult(codec, { onExcessProperty: "error", errors: "all" })
  return (json) =>
    Result.match(parse(json), {
      onSuccess: (value): Read<T> => ({ kind: "value", value }),
      onFailure: (issue): Read<T> => ({ kind: "refused", issues: firstOfEach(format(issue).issues.map(toReadIssue)) })
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

const toReadIssue = ({ path, message }: Issue): ReadIssue => ({
  path: (path ?? []).map((part) => String(typeof part === "object" ? part.key : part)).join("."),
  message
})

/** A value that is wrong in one way is mostly wrong in others too; the first says enough. */
const firstOfEach = (issues: readonly ReadIssue[]): readonly ReadIssue[] =>
  [...new Map(issues.toReversed().map((issue) => [issue.path, issue])).values()].toReversed()
