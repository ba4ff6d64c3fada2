import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, expect, test } from "vitest"
import { staticFiles } from "./staticFiles.ts"

const root = mkdtempSync(join(tmpdir(), "studio-ui-"))
const folder = join(root, "ui")
mkdirSync(join(folder, "assets"), { recursive: true })
writeFileSync(join(folder, "index.html"), "<!doctype html><title>page</title>")
writeFileSync(join(folder, "assets", "index-Ab3dEf9h.js"), "export {}")
writeFileSync(join(root, "secret.txt"), "secret")
afterAll(() => rmSync(root, { recursive: true }))

const ui = staticFiles(folder)
const get = (path: string, headers: Record<string, string> = {}) =>
  ui(new Request(`http://127.0.0.1:1${path}`, { headers }))

test("the page is always asked for again, a file whose name has its hash never", async () => {
  expect(get("/").headers.get("cache-control")).toBe("no-cache")
  const script = get("/assets/index-Ab3dEf9h.js")
  expect(script.headers.get("cache-control")).toContain("immutable")
  expect(script.headers.get("content-type")).toContain("javascript")
  expect(await script.text()).toBe("export {}")
})

test("an unchanged page is not sent twice", async () => {
  const etag = get("/").headers.get("etag") ?? ""
  const again = get("/", { "if-none-match": etag })
  expect([again.status, await again.text()]).toEqual([304, ""])
})

test("the app's own paths get the page, missing files do not", async () => {
  expect(await get("/runs/0197").text()).toContain("<title>page")
  expect(await get("/runs/0197/stdout.txt", { accept: "text/html,*/*" }).text()).toContain("<title>page")
  expect(get("/assets/gone-12345678.js").status).toBe(404)
})

test.each([
  "/../secret.txt",
  "/%2e%2e/secret.txt",
  "/..%2fsecret.txt",
  "/assets/..%2f..%2fsecret.txt",
  "/%5c..%5csecret.txt"
])("%s does not lead out of the folder", async (path) => expect(await get(path).text()).not.toBe("secret"))

test("without a built page the answer says what to do", async () => {
  const response = staticFiles(join(root, "nowhere"))(new Request("http://127.0.0.1:1/"))
  expect(response.status).toBe(404)
  expect(await response.json()).toMatchObject({ code: "ui-not-built", hint: expect.stringContaining("npm start") })
})
