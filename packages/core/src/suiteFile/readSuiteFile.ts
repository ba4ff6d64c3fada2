import { read } from "../codec/read.ts"
import type { Json } from "../domain/json.ts"
import { didYouMean } from "./didYouMean.ts"
import { suiteJsonSchema } from "./jsonSchema.ts"
import type { Problem } from "./Problem.ts"
import { SuiteFile } from "./SuiteFile.ts"

export type Understood<T> =
  | { readonly kind: "understood"; readonly value: T }
  | { readonly kind: "refused"; readonly problems: readonly Problem[] }

/** Whether a document has the form of a suite file, with everything that is wrong with it. */
export const readSuiteFile = (document: unknown): Understood<SuiteFile> => {
  const result = readFile(document)
  return result.kind === "value"
    ? { kind: "understood", value: result.value }
    : { kind: "refused", problems: result.issues.map(withHint) }
}

const readFile = read(SuiteFile)

const withHint = ({ path, message }: Problem): Problem => {
  if (message !== "unknown field") return { path, message }
  const written = path.slice(path.lastIndexOf(".") + 1)
  return { path, message: `unknown field${didYouMean(written, fieldsOf(suiteJsonSchema()))}` }
}

/** The name of every field, at whatever depth. */
const fieldsOf = (schema: Json): readonly string[] => {
  if (typeof schema !== "object" || schema === null) return []
  if (Array.isArray(schema)) return schema.flatMap(fieldsOf)
  return Object.entries(schema).flatMap(([key, value]) => [
    ...(key === "properties" && typeof value === "object" && value !== null ? Object.keys(value) : []),
    ...fieldsOf(value)
  ])
}
