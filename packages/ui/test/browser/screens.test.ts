import { readFileSync } from "node:fs"
import { createRequire } from "node:module"
import type { Browser, Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import {
  finishedRun,
  get,
  launchBrowser,
  openPage,
  parity,
  runSuite,
  startStudio,
  type TestStudio
} from "../support.ts"

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8")

interface Violation {
  readonly id: string
  readonly nodes: readonly { readonly html: string }[]
}

let studio: TestStudio
let empty: TestStudio
let browser: Browser
const paths: Record<string, string> = {}

beforeAll(async () => {
  ;[studio, empty, browser] = await Promise.all([startStudio("--demo"), startStudio(), launchBrowser()])
  const { items: comparisons } = await get<{ items: { id: string; outcome: string }[] }>(studio, "/compares")
  const { items: benchmarks } = await get<{ items: { id: string }[] }>(studio, "/runs?kind=benchmark")
  const { items: generated } = await get<{ items: { id: string }[] }>(studio, "/runs?kind=generate&limit=1")
  const scored = await finishedRun(studio, "a=mock:clean", {
    score: { query: "Is it so?", items: [" x", " y"], labels: [" yes", " no"] }
  })
  const campaign = runSuite(studio, ["pt=mock:clean,seed=1", "jax=mock:clean,seed=2,slowdown=1.15"])
  Object.assign(paths, {
    "failing comparison": `/compare/${comparisons.find((one) => one.outcome === "fail")?.id}`,
    "passing comparison": `/compare/${comparisons.find((one) => one.outcome === "pass")?.id}`,
    benchmark: `/runs/${benchmarks[0]?.id}`,
    generated: `/runs/${generated[0]?.id}`,
    scored: `/runs/${scored}`,
    "parity comparison": `/compare/${await parity(studio)}`,
    campaigns: "/campaigns",
    campaign: `/campaigns/${campaign}`,
    "campaign, all gates": `/campaigns/${campaign}?every=1`,
    "campaign by limits": `/campaigns/${runSuite(studio, ["alone=mock:clean"])}?gate=failures&show=value&gates=all`,
    "new campaign": "/campaigns/new?backends=left,right&suite=repeat: 3",
    cases: "/cases",
    "case editor": "/cases?backends=left,right&edit=refunds",
    comparisons: "/compare",
    playground: "/playground",
    "playground benchmark": `/playground?mode=benchmark&flags=num-prompts=64&runs=${benchmarks[0]?.id}`,
    runs: "/runs",
    backends: "/backends",
    dictionary: "/dictionary#kl_lower_bound",
    "unknown run": "/runs/nothing-of-the-kind",
    "unknown page": "/nowhere"
  })
})

afterAll(async () => {
  await browser.close()
  await Promise.all([studio.stop(), empty.stop()])
})

const screens = [
  "failing comparison",
  "passing comparison",
  "benchmark",
  "generated",
  "scored",
  "parity comparison",
  "campaigns",
  "campaign",
  "campaign, all gates",
  "campaign by limits",
  "new campaign",
  "cases",
  "case editor",
  "comparisons",
  "playground",
  "playground benchmark",
  "runs",
  "backends",
  "dictionary",
  "unknown run",
  "unknown page"
]

describe.each(["light", "dark"] as const)("in %s", (theme) => {
  test.each(screens)("%s: nothing that axe objects to, no error, no sideways scrolling", async (screen) => {
    const { page, problems } = await openPage(browser, studio, { theme })
    const path = paths[screen] ?? ""
    await page.goto(path)
    await page.getByRole("main").waitFor()
    await page.locator("main .card, main .state").first().waitFor()
    expect(await violations(page)).toEqual([])
    expect(problems).toEqual([])
    await page.setViewportSize({ width: 900, height: 700 })
    expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0)
    expect(await violations(page)).toEqual([])
    await page.context().close()
  })
})

test.each(["/compare", "/playground", "/runs", "/campaigns", "/campaigns/new", "/cases", "/backends"])(
  "%s says what to do where there is nothing yet",
  async (path) => {
    const { page, problems } = await openPage(browser, empty)
    await page.goto(path)
    await page
      .getByText(/^studio [a-z]+ |fill in an example/)
      .first()
      .waitFor()
    expect(await violations(page)).toEqual([])
    expect(problems).toEqual([])
    await page.context().close()
  }
)

// Playwright evaluates through the debugger, where the page's content security policy does not apply.
const violations = async (page: Page): Promise<readonly string[]> => {
  await page.locator(".skeleton").first().waitFor({ state: "detached" })
  await page.evaluate(axe)
  const found = await page.evaluate<{ violations: readonly Violation[] }>(
    "axe.run(document, { resultTypes: ['violations'] })"
  )
  return found.violations.map((one) => `${one.id}: ${one.nodes[0]?.html}`)
}
