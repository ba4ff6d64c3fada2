import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { gzipSync } from "node:zlib"
import type { Browser } from "playwright-core"
import { afterAll, beforeAll, expect, test } from "vitest"
import { get, launchBrowser, openPage, runCli, startStudio, type TestStudio } from "../support.ts"

const length = 200_000
const mostBytes = 60_000
const mostRows = 200

let studio: TestStudio
let browser: Browser
let id: string
const folder = mkdtempSync(join(tmpdir(), "studio-long-"))

beforeAll(async () => {
  const file = join(folder, "long.json.gz")
  writeFileSync(file, gzipSync(JSON.stringify({ studio_bundle: 1, runs: [longRun()] })))
  const data = join(folder, "data")
  runCli("import", file, "--data", data)
  ;[studio, browser] = await Promise.all([startStudio("--data", data), launchBrowser()])
  id = (await get<{ items: { id: string }[] }>(studio, "/runs")).items[0]?.id ?? ""
})

afterAll(async () => {
  await browser.close()
  await studio.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** A stored run of one prompt of 200,000 tokens, with five alternatives at each. */
const longRun = () => {
  const positions = Array.from({ length }, (_, position) => position)
  const logprobs = positions.map((position) => (position === 0 ? null : -(((position * 7919) % 1000) + 1) / 137))
  return {
    backend: "elsewhere",
    adapter: "mock",
    provenance: "mock",
    created_at: "2026-01-01T00:00:00.000Z",
    request: { generate: { prompt: "long", max_new_tokens: 1, temperature: 0, top_logprobs: 5 } },
    output: { text: "", token_ids: [] },
    traces: [
      {
        case: "prompt",
        prompt_length: length,
        semantics: "raw",
        from: 0,
        ids: positions.map((position) => position % 5000),
        tokens: positions.map((position) => ` w${position % 5000}`),
        logprobs,
        ranks: positions.map((position) => (position % 9) + 1),
        top: {
          k: 5,
          ids: positions.map((position) => [0, 1, 2, 3, 4].map((one) => (position + one) % 5000)),
          logprobs: positions.map((position) =>
            [0, 1, 2, 3, 4].map((one) => -(((position + one * 31) % 997) + 1) / 211)
          )
        }
      }
    ]
  }
}

test("any view of a trace of 200,000 tokens fetches at most 60 KB and keeps at most 200 rows", async () => {
  const { page, problems } = await openPage(browser, studio)
  const sizes: Promise<number>[] = []
  page.on("response", (response) => {
    if (response.url().includes("/trace?")) sizes.push(response.body().then((body) => body.byteLength))
  })
  const fetched = async () => (await Promise.all(sizes.splice(0))).reduce((sum, size) => sum + size, 0)
  const rows = () => page.locator("#tokens tbody tr").count()

  for (const position of [0, 123_456, 199_999]) {
    await page.goto(`/runs/${id}?pos=${position}`)
    await page.locator(`#token-${position}[aria-selected=true]`).waitFor()
    await page.locator("#tokens tbody tr[aria-selected=true] .token").waitFor()
    await page.waitForLoadState("networkidle")
    expect(await fetched()).toBeLessThanOrEqual(mostBytes)
    expect(await rows()).toBeLessThanOrEqual(mostRows)
  }
  await page.locator(".virtual").evaluate((box) => box.scrollTo(0, box.scrollHeight / 2))
  await page
    .locator("#tokens tbody tr", { hasText: / ?w\d+/ })
    .nth(5)
    .waitFor()
  await page.waitForLoadState("networkidle")
  expect(await fetched()).toBeLessThanOrEqual(mostBytes)
  expect(await rows()).toBeLessThanOrEqual(mostRows)
  expect(await page.locator("#tokens table.fixed").getAttribute("aria-rowcount")).toBe(String(length + 1))
  expect(problems).toEqual([])
  await page.context().close()
})
