import { expect, test } from "vitest"
import { suiteJsonSchema } from "./suiteJsonSchema.ts"

test("the schema that is published is the one that validates", () =>
  expect(`${JSON.stringify(suiteJsonSchema(), null, 2)}\n`).toMatchFileSnapshot("../../suite.schema.json"))

/** Descriptions are what an editor shows. */
test("every field of a suite is described", () => {
  const described = (schema: unknown, path: string): readonly string[] => {
    const { properties = {}, items } = schema as { properties?: object; items?: unknown }
    return [
      ...Object.entries(properties).flatMap(([name, member]: [string, { description?: string }]) => [
        ...(member.description === undefined ? [`${path}.${name}`] : []),
        ...described(member, `${path}.${name}`)
      ]),
      ...(items === undefined ? [] : described(items, path))
    ]
  }
  expect(described(suiteJsonSchema(), "suite")).toEqual([])
})
