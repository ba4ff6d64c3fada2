import * as Schema from "effect/Schema"
import * as fc from "fast-check"
import { describe, expect, test } from "vitest"
import { Comparison } from "./comparison.ts"
import { decode, encode } from "./encode.ts"
import { LiveEntry, RunLogEntry } from "./event.ts"
import { Metric } from "./metric.ts"
import { fromWireNames, toWireNames } from "./names.ts"
import { BackendInfo } from "./probe.ts"
import { read } from "./read.ts"
import { Run, RunSummary } from "./run.ts"
import { Sample } from "./sample.ts"
import { TraceSlice } from "./trace.ts"
import type { Codec } from "./wire.ts"
import { RunRequest } from "./workload.ts"

const records = { Run, RunSummary, RunLogEntry, LiveEntry, Comparison, TraceSlice, BackendInfo, Sample, RunRequest }

describe.each(Object.entries(records) as [string, Codec<unknown>][])("%s", (_, codec) => {
  const anyValue = arbitraryOf(Schema.toJsonSchemaDocument(codec).schema)
    // JSON has no -0: what is drawn must be what a document can say.
    .map((json) => read(codec)(JSON.parse(JSON.stringify(json))))
    .filter((result) => result.kind === "value")
    .map((result) => result.value)

  const check = (property: (value: unknown) => void) => fc.assert(fc.property(anyValue, property), { numRuns: 40 })

  test("survives JSON", () => {
    check((value) => {
      expect(decode(codec)(JSON.parse(JSON.stringify(encode(codec)(value))))).toEqual(value)
    })
  })

  test("has the names that the browser reads and writes without a codec", () => {
    check((value) => {
      const json = encode(codec)(value)
      expect(fromWireNames(json)).toEqual(value)
      expect(toWireNames(value)).toEqual(json)
    })
  })

  test("has snake_case keys only, but for names that are others'", () => {
    check((value) => {
      expect(ownKeys(encode(codec)(value)).join(" ")).not.toMatch(/[A-Z]/)
    })
  })
})

describe("numbers that JSON cannot carry are refused", () => {
  const verdictOn = (logprob: number | null) => () => encode(TraceSlice)(sliceWith(logprob))

  test.each([Number.NaN, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY])("%s", (value) => {
    expect(verdictOn(value)).toThrow(/logprobs/)
    expect(() => encode(Metric)({ value, unit: "ms", definition: "x" })).toThrow(/value/)
  })

  test("null stands for minus infinity", () => expect(verdictOn(null)).not.toThrow())
})

describe("a request that cannot be read", () => {
  const issues = (request: unknown) => {
    const result = read(RunRequest)(request)
    return result.kind === "refused" ? result.issues.map(({ path, message }) => `${path}: ${message}`) : []
  }

  test("is told every mistake at once, by the path that was written", () => {
    const score = { query: 7, items: [" yes", [1, -1]], labels: [" a"], aply_softmax: true, mask: { preset: "round" } }
    expect(issues({ score })).toMatchInlineSnapshot(`
      [
        "score.aply_softmax: unknown field",
        "score.query: Expected text, or a list of token ids",
        "score.items.1.1: Expected a value greater than or equal to 0",
        "score.mask.preset: Expected "none" | "causal" | "bidirectional-prefix" | "doc-isolation" | "custom"",
      ]
    `)
  })

  test("is told of one kind only", () => {
    expect(issues({ generate: { prompt: "a", max_new_tokens: 1.5 } })).toMatchInlineSnapshot(`
      [
        "generate.max_new_tokens: Expected an integer",
      ]
    `)
  })

  test.each([
    [{}],
    [{ score: { query: "a", items: ["b"], labels: [" c"] }, benchmark: { entrypoint: "serving" } }],
    [{ score: { query: "a", items: [], labels: [" c"] } }],
    [{ score: { query: "a", items: ["b"] } }],
    [{ score: { query: "a", items: ["b"], labels: [" c"], label_token_ids: [1] } }],
    [{ score: { query: "a", items: ["b"], labels: [] } }],
    [{ generate: {} }],
    [{ generate: { prompt: "a", input_ids: [1] } }],
    [{ benchmark: { set: { "num-prompts": [1] } } }],
    [{ profile: {} }],
    [[]],
    [null]
  ])("%j is refused", (request) => expect(issues(request)).not.toEqual([]))
})

test("what a request leaves out has its default", () => {
  expect(decode(RunRequest)({ score: { query: "q", items: ["a"], label_token_ids: [1] } })).toMatchInlineSnapshot(`
    {
      "score": {
        "applySoftmax": false,
        "itemFirst": false,
        "items": [
          "a",
        ],
        "labelTokenIds": [
          1,
        ],
        "labels": null,
        "mask": null,
        "oneByOne": false,
        "query": "q",
      },
    }
  `)
  expect(decode(RunRequest)({ generate: { input_ids: [1, 2] } })).toMatchInlineSnapshot(`
    {
      "generate": {
        "inputIds": [
          1,
          2,
        ],
        "maxNewTokens": 32,
        "prompt": null,
        "seed": null,
        "temperature": 0,
        "topLogprobs": 5,
      },
    }
  `)
  expect(decode(RunRequest)({ benchmark: { entrypoint: "serving" } })).toMatchInlineSnapshot(`
    {
      "benchmark": {
        "entrypoint": "serving",
        "set": {},
      },
    }
  `)
})

const sliceWith = (logprob: number | null) => ({
  case: "a",
  promptLength: 1,
  length: 1,
  semantics: "raw" as const,
  from: 0,
  to: 1,
  ids: [1],
  tokens: [" a"],
  logprobs: [logprob],
  ranks: [null],
  top: null
})

/** Every key that is ours: what lies below others' names is left out. */
const ownKeys = (json: unknown): readonly string[] => {
  if (Array.isArray(json)) return json.flatMap(ownKeys)
  if (typeof json !== "object" || json === null) return []
  return Object.entries(json).flatMap(([key, value]) =>
    ["point", "suite", "metrics", "raw_metrics", "flags", "set", "evidence", "values"].includes(key)
      ? [key]
      : [key].concat(ownKeys(value))
  )
}

interface JsonSchema {
  readonly type?: string
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly JsonSchema[]
  readonly properties?: { readonly [key: string]: JsonSchema }
  readonly required?: readonly string[]
  readonly additionalProperties?: boolean | JsonSchema
  readonly items?: JsonSchema
  readonly prefixItems?: readonly JsonSchema[]
  readonly minItems?: number
  readonly minimum?: number
}

/** Any JSON that the codec itself says it reads. */
function arbitraryOf(schema: JsonSchema): fc.Arbitrary<unknown> {
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum)
  if (schema.anyOf !== undefined) return fc.oneof(...schema.anyOf.map(arbitraryOf))
  switch (schema.type) {
    case "null":
      return fc.constant(null)
    case "boolean":
      return fc.boolean()
    case "string":
      return fc.string({ minLength: 1 })
    case "integer":
      return fc.integer({ min: Math.max(schema.minimum ?? -1000, -1000) })
    case "number":
      return fc.double({ noNaN: true, noDefaultInfinity: true, min: schema.minimum ?? -1e9 }).map((x) => x + 0)
    case "array":
      return schema.prefixItems === undefined
        ? fc.array(arbitraryOf(schema.items ?? {}), { minLength: schema.minItems ?? 0, maxLength: 3 })
        : fc.tuple(...schema.prefixItems.map(arbitraryOf))
    case "object": {
      const { properties, required = [], additionalProperties } = schema
      if (properties === undefined) {
        const value = typeof additionalProperties === "object" ? arbitraryOf(additionalProperties) : fc.jsonValue()
        return fc.dictionary(fc.string(), value, { maxKeys: 3, noNullPrototype: true })
      }
      const fields = Object.entries(properties).map(([key, field]): [string, fc.Arbitrary<unknown>] => [
        key,
        arbitraryOf(field)
      ])
      const model: Record<string, fc.Arbitrary<unknown>> = Object.fromEntries(fields)
      return fc.record(model, { requiredKeys: [...required], noNullPrototype: true })
    }
    default:
      return fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value)))
  }
}
