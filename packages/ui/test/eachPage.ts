import type { Browser, Page } from "playwright-core"
import { afterAll, afterEach, beforeAll, beforeEach, expect } from "vitest"
import { launchBrowser, openPage, startStudio, type TestStudio } from "./support.ts"

/** The server of a test file. */
export let studio: TestStudio
/** For pages besides the test's own. */
export let browser: Browser
/** The page of a test. */
export let page: Page

/**
 * Gives a test file a studio of its own, started with these arguments, and each of its tests a fresh page that must not
 * have complained by the end.
 */
export const eachOnItsPage = (...args: readonly string[]): void => {
  let problems: readonly string[]

  beforeAll(async () => {
    ;[studio, browser] = await Promise.all([startStudio(...args), launchBrowser()])
  })
  afterAll(async () => {
    await browser.close()
    await studio.stop()
  })
  beforeEach(async () => {
    ;({ page, problems } = await openPage(browser, studio))
  })
  afterEach(async () => {
    expect(problems).toEqual([])
    await page.context().close()
  })
}
