import * as Schema from "effect/Schema"
import type { JsonObject } from "../domain/json.ts"
import { SuiteFileCodec } from "./SuiteFileCodec.ts"

/** The JSON Schema (draft 2020-12) of suite files, written from what validates them. */
export const suiteJsonSchema = (): JsonObject => {
  const { schema, definitions } = Schema.toJsonSchemaDocument(SuiteFileCodec, { onExcessProperty: "error" })
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    ...(schema as JsonObject),
    ...(Object.keys(definitions).length > 0 && { $defs: definitions as JsonObject })
  }
}
