import { expect, test } from "vitest"
import { sglangConfig } from "./config.ts"

const check = async (value: unknown) => sglangConfig["~standard"].validate(value)

test("settings are taken, a trailing slash goes, the studio's own are left to the studio", async () => {
  expect(await check({ url: "http://host:1/", python: "/p", adapter_mode: "bench" })).toEqual({
    value: { url: "http://host:1", python: "/p" }
  })
})

test("a launch recipe is read, and refused with its place", async () => {
  expect(await check({ url: "http://host:1", launch: { args: { dtype: "float32" }, ready_timeout: "90s" } })).toEqual({
    value: { url: "http://host:1", launch: { args: { dtype: "float32" }, env: {}, readyTimeoutMs: 90_000 } }
  })
  expect(await check({ url: "http://host:1", launch: { ready_timeout: "soon" } })).toMatchObject({
    issues: [{ path: ["launch", "ready_timeout"] }]
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

test.each(["http://bob:hunter2@host:1", "https://hunter2@host", "ftp://bob:hunter2@host"])(
  "%s is refused without being repeated",
  async (url) => {
    const { issues } = await check({ url })
    expect(issues?.map(({ path }) => path)).toEqual([["url"]])
    expect(JSON.stringify(issues)).not.toContain("hunter2")
  }
)

test("credentials in an address are pointed to api_key", async () => {
  expect(await check({ url: "http://bob:hunter2@host:1" })).toHaveProperty("issues", [
    {
      path: ["url"],
      message:
        "The address of host:1 holds a user name or password, which is not sent; take it out and set `api_key`, which is sent as a bearer token"
    }
  ])
})
