import { readPlaced, type PlacedIssue } from "../codec/read.ts"
import type { Json, JsonObject } from "../domain/json.ts"
import { nearest, orNearest } from "./nearest.ts"
import type { SuiteFile } from "./SuiteFile.ts"
import { SuiteFileCodec } from "./SuiteFileCodec.ts"
import { suiteJsonSchema } from "./suiteJsonSchema.ts"
import type { SuiteProblem } from "./SuiteProblem.ts"

/** What a document says, as far as it can be understood. */
export interface Shape {
  /** Null where what is wrong leaves no suite to look at further. */
  readonly file: SuiteFile | null
  readonly problems: readonly SuiteProblem[]
}

/**
 * Holds a document to the schema. Unknown fields are put right, or left out, before the rest is looked at: a misspelt
 * field is one mistake, and hides none.
 */
export const readShape = (json: unknown): Shape => {
  const result = parse(json)
  if (result.kind === "value") return { file: result.value, problems: [] }
  const unknown = result.issues.filter(isUnknown)
  const mended = unknown.reduce((document, { at }) => mend(document, at), json)
  const rest = parse(mended)
  return {
    file: rest.kind === "value" ? rest.value : null,
    problems: [
      ...unknown.map(({ at }): SuiteProblem => ({
        at,
        on: "key",
        message: `unknown field${orNearest(at.at(-1) ?? "", fieldsAt(at.slice(0, -1)))}`
      })),
      ...(rest.kind === "value"
        ? []
        : rest.issues.map(({ at, message }) => ({ at, message: message + found(mended, at, message) })))
    ]
  }
}

const parse = readPlaced(SuiteFileCodec)

const isUnknown = ({ message }: PlacedIssue): boolean => message === "unknown field"

/** The document with the last part of a path spelt right, or without it. */
const mend = (document: unknown, [key, ...below]: readonly string[], above: readonly string[] = []): unknown => {
  if (key === undefined || typeof document !== "object" || document === null) return document
  if (Array.isArray(document))
    return document.map((item: unknown, index) => (String(index) === key ? mend(item, below, [...above, key]) : item))
  const right = nearest(key, fieldsAt(above))
  return Object.fromEntries(
    Object.entries(document).flatMap(([name, member]): readonly (readonly [string, unknown])[] => {
      if (name !== key) return [[name, member]]
      if (below.length > 0) return [[name, mend(member, below, [...above, key])]]
      return right === null || right in document ? [] : [[right, member]]
    })
  )
}

/** Names of the fields that may stand at a path. */
const fieldsAt = (at: readonly string[]): readonly string[] => {
  let schema: JsonObject | undefined = suiteJsonSchema()
  for (const part of at) {
    const { properties, items }: JsonObject = schema ?? {}
    schema = isObject(properties) ? member(properties, part) : isObject(items) ? items : undefined
  }
  return isObject(schema?.properties) ? Object.keys(schema.properties).filter((name) => !name.startsWith("$")) : []
}

const member = (object: JsonObject, key: string): JsonObject | undefined =>
  isObject(object[key]) ? object[key] : undefined

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value)

/** What stands there instead of what was expected. */
const found = (document: unknown, at: readonly string[], message: string): string => {
  if (!message.startsWith("Expected")) return ""
  const value = at.reduce<unknown>(
    (part, key) => (typeof part === "object" && part !== null ? Reflect.get(part, key) : undefined),
    document
  )
  return `, found ${value === undefined ? "nothing" : clip(written(value))}`
}

/** JSON has no word for these numbers, and YAML has one. */
const written = (value: unknown): string =>
  typeof value === "number" && !Number.isFinite(value)
    ? `${Number.isNaN(value) ? ".nan" : value > 0 ? ".inf" : "-.inf"}, which JSON does not have`
    : JSON.stringify(value)

const clip = (text: string): string => (text.length > 60 ? `${text.slice(0, 59)}…` : text)
