import * as Schema from "effect/Schema"
import { Comparison } from "../codec/comparison.ts"
import { LiveEntry } from "../codec/event.ts"
import { ConsistencyReport } from "../codec/parity.ts"
import { CaseSpec, ParityCase } from "../codec/parityCase.ts"
import { BackendInfo } from "../codec/probe.ts"
import { Run, RunSummary } from "../codec/run.ts"
import { Sample } from "../codec/sample.ts"
import { TraceSlice } from "../codec/trace.ts"
import { Verdict } from "../codec/verdict.ts"
import { schemaOf } from "../codec/wire.ts"
import type { WireCodec } from "../codec/WireCodec.ts"
import type { Json, JsonObject } from "../domain/json.ts"
import { basePath } from "./endpoints.ts"
import { Problem } from "./problem.ts"
import * as replies from "./replies.ts"
import * as requests from "./requests.ts"
import { routes, type Route, type Routes } from "./routes.ts"
import { summaries } from "./summaries.ts"

/** The API as an OpenAPI 3.1 document, written from the route table. */
export const openApi = (version: string): JsonObject => {
  const schemas = namedSchemas()
  const names = new Map(Object.entries(schemas).map(([name, schema]) => [JSON.stringify(schema), name]))
  return {
    openapi: "3.1.0",
    info: {
      title: "SGLang Studio",
      version,
      description:
        "Runs, comparisons and backends of one studio. Errors are problem+json with a stable code and a hint.",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" }
    },
    servers: [{ url: basePath }],
    security: [{}, { token: [] }],
    paths: shareWithin(pathItems(), names),
    components: {
      schemas: mapValues(schemas, (schema) => shareWithin(schema, names)),
      responses: { Problem: { description: "What went wrong, and the next step", content: problemContent } },
      securitySchemes: {
        token: { type: "http", scheme: "bearer", description: "Needed where the server listens beyond this machine." }
      }
    }
  }
}

const problemContent = { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } }

const pathItems = (): JsonObject => {
  const paths: { [path: string]: { [method: string]: Json } } = {}
  for (const operationId of Object.keys(routes) as readonly (keyof Routes)[]) {
    const { path, method } = routes[operationId].endpoint
    ;(paths[path] ??= {})[method.toLowerCase()] = operation(operationId, routes[operationId])
  }
  return paths
}

const operation = (operationId: keyof Routes, route: Route): JsonObject => {
  const { method, path } = route.endpoint
  const get = method === "GET"
  return {
    operationId,
    summary: summaries[operationId],
    tags: [path.split("/")[1] ?? ""],
    parameters: [...pathParameters(path), ...(get ? queryParameters(route) : [])],
    ...(get ? {} : { requestBody: requestBody(route) }),
    responses: { ...response(route), default: { $ref: "#/components/responses/Problem" } }
  }
}

const pathParameters = (path: string): readonly JsonObject[] =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string" }
  }))

/** Described by the type that the text stands for: `limit` is an integer. */
const queryParameters = (route: Route): readonly JsonObject[] => {
  const { properties = {}, required = [] } = jsonSchema(Schema.toType(schemaOf(route.input)), "error") as {
    properties?: JsonObject
    required?: readonly string[]
  }
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: "query",
    required: required.includes(name),
    schema
  }))
}

const requestBody = (route: Route): JsonObject => {
  const schema = jsonSchemaOf(route.input, "error")
  return { required: "required" in schema, content: { "application/json": { schema } } }
}

const response = ({ endpoint, output }: Route): JsonObject => {
  const schema = jsonSchemaOf(output, "ignore")
  switch (endpoint.reply) {
    case "json":
      return { 200: answer("application/json", "The answer", schema) }
    case "created":
      return { 201: answer("application/json", "What was made", schema) }
    case "events":
      return {
        200: answer("text/event-stream", "`data` of each event; its id resumes", schema),
        204: { description: "The run has finished and nothing is left to tell" }
      }
    case "file":
      return {
        200: answer("*/*", "The file", {}),
        206: answer("*/*", "A range of the file", {}),
        304: { description: "Not changed" }
      }
  }
}

const answer = (mediaType: string, description: string, schema: Json): JsonObject => ({
  description,
  content: { [mediaType]: { schema } }
})

const jsonSchemaOf = (codec: WireCodec<unknown>, onExcessProperty: "error" | "ignore"): JsonObject =>
  jsonSchema(schemaOf(codec), onExcessProperty)

const jsonSchema = (schema: Schema.Constraint, onExcessProperty: "error" | "ignore"): JsonObject =>
  Schema.toJsonSchemaDocument(schema, { onExcessProperty }).schema as JsonObject

/** Replies may grow and requests are closed, so the two are described apart. */
const namedSchemas = (): { readonly [name: string]: JsonObject } => ({
  ...mapValues(
    {
      Run,
      RunSummary,
      Sample,
      TraceSlice,
      Comparison,
      ParityCase,
      ConsistencyReport,
      Verdict,
      BackendInfo,
      LiveEntry,
      Problem,
      ...namedReplies
    },
    (codec) => jsonSchemaOf(codec, "ignore")
  ),
  ...mapValues(namedRequests, (codec) => jsonSchemaOf(codec, "error"))
})

const { Health, Status, RunPage, ComparisonSummary, CaseRun, AdapterInfo } = replies
const namedReplies = { Health, Status, RunPage, ComparisonSummary, CaseRun, AdapterInfo }
const { SubmitRun, Annotation, CompareRequest, RunCases, NewBackend } = requests
const namedRequests = { SubmitRun, Annotation, CompareRequest, RunCases, CaseSpec, NewBackend }

type Names = ReadonlyMap<string, string>

/** Points at the named schema wherever one stands, at any depth. */
const share = (part: Json, names: Names): Json => {
  const name = names.get(JSON.stringify(part))
  return name === undefined ? shareWithin(part, names) : { $ref: `#/components/schemas/${name}` }
}

const shareWithin = (part: Json, names: Names): Json => {
  if (typeof part !== "object" || part === null) return part
  return isList(part) ? part.map((item) => share(item, names)) : mapValues(part, (item) => share(item, names))
}

const isList = (part: Json): part is readonly Json[] => Array.isArray(part)

const mapValues = <A, B>(record: { readonly [key: string]: A }, map: (value: A) => B): { readonly [key: string]: B } =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]))
