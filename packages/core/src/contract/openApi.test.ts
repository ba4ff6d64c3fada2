import { Validator } from "@seriousme/openapi-schema-validator"
import { expect, test } from "vitest"
import { endpoints } from "./endpoints.ts"
import { openApi } from "./openApi.ts"

test("the document keeps the rules of OpenAPI 3.1", async () => {
  expect(await new Validator().validate(openApi("1.2.3"))).toEqual({ valid: true })
})

test("it has every operation, and no reference leads nowhere", () => {
  const document = JSON.parse(JSON.stringify(openApi("1.2.3")))
  const items: readonly { readonly [method: string]: { readonly operationId: string } }[] = Object.values(
    document.paths
  )
  const operations = items.flatMap((item) => Object.values(item))
  expect(operations.map((operation) => operation.operationId).toSorted()).toEqual(Object.keys(endpoints).toSorted())
  const targets = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path = ""]) => path)
  expect(targets.length).toBeGreaterThan(20)
  for (const path of targets) expect(path.split("/").reduce((part, key) => part?.[key], document)).toBeTypeOf("object")
})

test("a parameter has the type of what is meant, not of the text that carries it", () => {
  const document = JSON.parse(JSON.stringify(openApi("1.2.3")))
  expect(document.paths["/runs/{id}/trace"].get.parameters).toMatchInlineSnapshot(`
    [
      {
        "in": "path",
        "name": "id",
        "required": true,
        "schema": {
          "type": "string",
        },
      },
      {
        "in": "query",
        "name": "case",
        "required": true,
        "schema": {
          "type": "string",
        },
      },
      {
        "in": "query",
        "name": "from",
        "required": false,
        "schema": {
          "maximum": 9007199254740991,
          "minimum": 0,
          "type": "integer",
        },
      },
      {
        "in": "query",
        "name": "to",
        "required": false,
        "schema": {
          "maximum": 9007199254740991,
          "minimum": 0,
          "type": "integer",
        },
      },
      {
        "in": "query",
        "name": "top",
        "required": false,
        "schema": {
          "enum": [
            false,
            true,
          ],
          "type": "boolean",
        },
      },
    ]
  `)
  expect(document.paths["/runs/{id}/cancel"].post).toMatchInlineSnapshot(`
    {
      "operationId": "cancelRun",
      "parameters": [
        {
          "in": "path",
          "name": "id",
          "required": true,
          "schema": {
            "type": "string",
          },
        },
      ],
      "requestBody": {
        "content": {
          "application/json": {
            "schema": {
              "additionalProperties": false,
              "type": "object",
            },
          },
        },
        "required": false,
      },
      "responses": {
        "200": {
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/Run",
              },
            },
          },
          "description": "The answer",
        },
        "default": {
          "$ref": "#/components/responses/Problem",
        },
      },
      "summary": "Cancel a run; a finished one stays as it is",
      "tags": [
        "runs",
      ],
    }
  `)
})
