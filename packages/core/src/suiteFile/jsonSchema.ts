import * as Schema from "effect/Schema"
import type { Json } from "../domain/json.ts"
import { SuiteFile } from "./SuiteFile.ts"

/** JSON Schema (draft 2020-12) of a suite file, for editors. */
export const suiteJsonSchema = (): { readonly [key: string]: Json } => {
  const { schema, definitions } = Schema.toJsonSchemaDocument(SuiteFile)
  const document = {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "SGLang Studio suite",
    ...schema,
    ...(Object.keys(definitions).length > 0 && { $defs: definitions })
  }
  return closed(JSON.parse(JSON.stringify(document)) as Json) as { readonly [key: string]: Json }
}

/** An editor marks what the studio would refuse: fields that are not known. */
const closed = (schema: Json): Json => {
  if (typeof schema !== "object" || schema === null) return schema
  if (isList(schema)) return schema.map(closed)
  const inner = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]))
  return "properties" in schema ? { ...inner, additionalProperties: false } : inner
}

const isList = (value: Json): value is readonly Json[] => Array.isArray(value)
