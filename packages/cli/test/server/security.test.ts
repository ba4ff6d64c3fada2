import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, onTestFinished, test } from "vitest"
import { openApp, score } from "./setup.ts"

test("every answer carries the headers that keep other pages out", async () => {
  const { ask } = await openApp()
  for (const path of ["/", "/health", "/api/v1/runs", "/api/v1/runs/nope", "/api/v1/nothing"]) {
    const { headers } = await ask("GET", path)
    expect(
      Object.fromEntries([...headers].filter(([name]) => name !== "content-type" && name !== "etag"))
    ).toMatchObject({
      "content-security-policy":
        "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'",
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff"
    })
    expect(headers.get("access-control-allow-origin")).toBeNull()
  }
})

test("a refused request changes nothing", async () => {
  const { studio, ask } = await openApp()
  const body = { backend: "a", request: { score } }
  const statuses = [
    (await ask("POST", "/api/v1/runs", body, { host: "evil" })).status,
    (await ask("POST", "/api/v1/runs", body, { origin: "http://evil.example" })).status,
    (await ask("POST", "/api/v1/runs", body, { "content-type": "text/plain" })).status
  ]
  expect(statuses).toEqual([403, 403, 415])
  expect((await studio.runs.list()).items).toEqual([])
})

test("a body that is too large is refused", async () => {
  const { ask } = await openApp()
  const response = await ask("POST", "/api/v1/runs", `"${"x".repeat(33 * 1024 * 1024)}"`)
  expect(response.status).toBe(413)
  expect(await response.json()).toMatchObject({ code: "too-large" })
})

test("a preflight from elsewhere gets no permission", async () => {
  const { ask } = await openApp()
  const response = await ask("OPTIONS", "/api/v1/runs", undefined, {
    origin: "http://evil.example",
    "access-control-request-method": "POST"
  })
  expect(response.ok).toBe(false)
  expect(response.headers.get("access-control-allow-methods")).toBeNull()
})

test("with a token: opened once with it, the browser keeps a cookie that is not it", async () => {
  const uiDir = mkdtempSync(join(tmpdir(), "studio-ui-"))
  onTestFinished(() => rmSync(uiDir, { recursive: true }))
  writeFileSync(join(uiDir, "index.html"), "<title>page</title>")
  const { ask } = await openApp({ host: "0.0.0.0", token: "secret-token", uiDir })

  const refused = await ask("GET", "/")
  expect([refused.status, refused.headers.get("www-authenticate")]).toEqual([401, "Bearer"])
  expect((await ask("GET", "/?token=wrong")).status).toBe(401)
  expect((await ask("GET", "/health")).status).toBe(200)

  const opened = await ask("GET", "/runs?kind=score&token=secret-token")
  expect([opened.status, opened.headers.get("location")]).toEqual([303, "/runs?kind=score"])
  const cookie = opened.headers.get("set-cookie") ?? ""
  expect(cookie).toMatch(/HttpOnly/)
  expect(cookie).toMatch(/SameSite=Lax/)
  expect(cookie).not.toContain("secret-token")
  expect(await (await ask("GET", "/", undefined, { cookie: cookie.split(";")[0] ?? "" })).text()).toContain("page")

  expect((await ask("GET", "/api/v1/runs", undefined, { authorization: "Bearer secret-token" })).status).toBe(200)
  expect((await ask("GET", "/api/v1/runs", undefined, { authorization: "Bearer wrong" })).status).toBe(401)
})
