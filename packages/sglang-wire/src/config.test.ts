import { expect, test } from "vitest"
import { sglangConfig } from "./config.ts"

const check = async (value: unknown) => sglangConfig["~standard"].validate(value)

test("settings are taken, a trailing slash goes, the studio's own are left to the studio", async () => {
  expect(await check({ url: "http://host:1/", python: "/p", adapter_mode: "bench", launch: {} })).toEqual({
    value: { url: "http://host:1", python: "/p" }
  })
})

test("unknown settings are refused by name, with those that there are", async () => {
  expect(await check({ url: "http://host:1", urll: 1 })).toMatchInlineSnapshot(`
    {
      "issues": [
        {
          "message": "Unknown setting; known are url, python, source, model, tokenizer, api_key, adapter_mode, launch",
          "path": [
            "urll",
          ],
        },
      ],
    }
  `)
})

test.each([["ftp://host"], ["host:30000"], ["http//x"], [""]])("%s is no address", async (url) => {
  expect(await check({ url })).toHaveProperty("issues", [
    { path: ["url"], message: `Expected an http:// or https:// address, got "${url}"` }
  ])
})
