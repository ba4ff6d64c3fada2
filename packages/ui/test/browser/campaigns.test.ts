import { beforeAll, expect, test } from "vitest"
import { eachOnItsPage, page, studio } from "../eachPage.ts"
import { get, post, runSuite, startSuite } from "../support.ts"

eachOnItsPage()

let slow: string

beforeAll(async () => {
  slow = runSuite(studio, ["pt=mock:clean,seed=1", "jax=mock:clean,seed=2,slowdown=1.15"])
})

const focusIsIn = (selector: string) => () =>
  page.evaluate((within) => document.activeElement?.closest(within) != null, selector)

test("the list leads to a campaign without a mouse, and says that mocks were measured", async () => {
  await page.goto("/campaigns")
  await page.getByRole("cell", { name: "fail" }).first().waitFor()
  await page.getByText("MOCK").first().waitFor()
  for (const key of ["j", "o"]) await page.keyboard.press(key)
  await page.waitForURL(/\/campaigns\/\w+/)
  await page.getByRole("heading", { name: /cells fail/ }).waitFor()
})

test("campaigns are counted in the rail and found in the palette", async () => {
  await page.goto("/campaigns")
  await page.getByRole("row").nth(1).waitFor()
  const rows = await page.getByRole("region", { name: "Campaigns" }).locator("tbody tr").count()
  await page.getByRole("link", { name: `Campaigns ${rows}` }).waitFor()
  await page.keyboard.press("Control+k")
  await page.getByRole("combobox", { name: "Search" }).fill(slow.slice(0, 8))
  await page.getByRole("option", { name: /lengths .* pt . jax.*MOCK.*fail . campaign/, selected: true }).waitFor()
  await page.keyboard.press("Enter")
  await page.waitForURL(`**/campaigns/${slow}`)
})

test("the matrix holds every cell, and a cell opens its comparison", async () => {
  await page.goto(`/campaigns/${slow}`)
  const matrix = page.getByRole("region", { name: "Matrix" })
  expect(await matrix.getByRole("columnheader").allTextContents()).toEqual(["cell", "concurrency 1", "concurrency 8"])
  expect(await matrix.getByRole("rowheader").allTextContents()).toEqual(["input 64", "input 128"])
  expect(await matrix.getByRole("link").count()).toBe(4)
  await page.getByRole("img", { name: /E2E P95 by Throughput/ }).waitFor()
  await matrix.getByRole("link").first().click()
  await page.waitForURL("**/compare/*")
  await page.getByRole("heading", { name: /Worse than allowed/ }).waitFor()
})

test("all gates stand side by side, each opens alone, and back goes back", async () => {
  await page.goto(`/campaigns/${slow}`)
  await page.getByRole("combobox", { name: "Gate" }).selectOption("(all gates)")
  const small = page.getByRole("region", { name: "Matrix" }).getByRole("region")
  expect(await small.count()).toBe(4)
  expect(await small.first().getByRole("link").count()).toBe(4)
  await page.getByRole("button", { name: "failures", exact: true }).click()
  await page.waitForURL(/gate=failures/)
  expect(await page.getByRole("combobox", { name: "Gate" }).inputValue()).toBe("failures")
  await page.goBack()
  await small.nth(1).waitFor()
})

test("gate, columns and what a cell shows are in the address", async () => {
  await page.goto(`/campaigns/${slow}`)
  await page.getByRole("combobox", { name: "Gate" }).selectOption("failures")
  await page.waitForURL(/gate=failures/)
  await page.getByRole("combobox", { name: "Columns" }).selectOption("input")
  await page.getByRole("columnheader", { name: "input 128" }).waitFor()
  await page.getByRole("button", { name: "n", exact: true }).click()
  await page.reload()
  await page
    .getByRole("link", { name: /n 3 \+ 3/ })
    .first()
    .waitFor()
  await page.goBack()
  await page.getByRole("columnheader", { name: "concurrency 8" }).waitFor()
})

test("a gate's own metric heads the matrix, and its values are what the cells show", async () => {
  await page.goto(`/campaigns/${slow}?gate=throughput&show=value`)
  const card = page.getByRole("region", { name: /throughput/ }).first()
  await card.getByRole("button", { name: "Throughput", exact: true }).waitFor()
  await card.getByText(/, tokens\/s/).waitFor()
  const { cells } = await get<{ cells: { metrics: { name: string; values: number[] }[] }[] }>(
    studio,
    `/campaigns/${slow}`
  )
  const [before = 0] = cells[0]?.metrics.find(({ name }) => name === "output_throughput")?.values ?? []
  const shown = Math.round(before).toLocaleString("en-US")
  await card
    .getByRole("link", { name: new RegExp(`${shown} \u2192`) })
    .first()
    .waitFor()
})

test("failing gates come first, and every run of the plan has its place", async () => {
  await page.goto(`/campaigns/${slow}`)
  const rows = page.getByRole("region", { name: "Gates of all cells" }).locator("tbody tr")
  await rows.first().getByText("fail").waitFor()
  await page.getByRole("button", { name: /show all/ }).click()
  await page.waitForURL(/gates=all/)
  await rows.nth(15).waitFor()
  expect(await rows.last().textContent()).toContain("pass")
  // 4 cells on 2 backends: 3 repeats and a warm-up.
  expect(await page.locator(".plan .slot").count()).toBe(32)
  expect(await page.locator(".plan .slot.warmup").count()).toBe(8)
  await page.getByRole("link", { name: "as a list" }).click()
  await page.waitForURL(/tag=campaign/)
  await page.getByRole("link", { name: "lengths" }).first().waitFor()
})

test("a campaign becomes a baseline with a reason and an author, of a mock only on demand", async () => {
  await page.goto(`/campaigns/${slow}`)
  await page.getByRole("button", { name: /Promote/ }).click()
  const dialog = page.getByRole("dialog", { name: "Promote as baseline" })
  // The one that fails is not what is offered first, and choosing it says so.
  expect(await dialog.getByRole("combobox").inputValue()).toBe("pt")
  await dialog.getByRole("combobox").selectOption("jax")
  await dialog.getByText("4 cells of jax fail here").waitFor()
  await dialog.getByRole("combobox").selectOption("pt")
  await dialog.getByRole("textbox", { name: "reason" }).fill("first of its kind")
  await dialog.getByRole("textbox", { name: "author" }).fill("someone")
  expect(await dialog.getByRole("button", { name: "Promote" }).isDisabled()).toBe(true)
  await dialog.getByRole("checkbox", { name: /a mock made them/ }).check()
  await dialog.getByRole("button", { name: "Promote" }).click()
  await page.getByText("main now holds 4 cells of pt").waitFor()
  await page.goto("/campaigns")
  const baselines = page.getByRole("region", { name: "Baselines in use" })
  await baselines.getByText("first of its kind").waitFor()
  await baselines.getByText("someone").waitFor()
})

test("a failing gate is waived with a reason and a date, and is excused by the next verdict", async () => {
  await page.goto(`/campaigns/${slow}`)
  const rows = page.getByRole("region", { name: "Gates of all cells" }).locator("tbody tr")
  await rows
    .first()
    .getByRole("button", { name: /^Waive/ })
    .click()
  const dialog = page.getByRole("dialog", { name: "Waive a gate" })
  await dialog.getByRole("combobox").selectOption("suite")
  await dialog.getByRole("textbox", { name: "reason" }).fill("a known slow kernel")
  await dialog.getByRole("textbox", { name: "author" }).fill("someone")
  await dialog.getByLabel("until").fill("2020-01-01")
  await dialog.getByRole("button", { name: "Waive" }).click()
  await dialog.getByText("is no time to come").waitFor()
  await dialog.getByLabel("until").fill("2099-01-31")
  await dialog.getByRole("button", { name: "Waive" }).click()
  await rows.first().getByText("from the next verdict on").waitFor()
  await expect.poll(focusIsIn("section")).toBe(true)
  const { items } = await get<{ items: { gate: string; point: unknown }[] }>(studio, "/waivers?suite=lengths")
  expect(items).toMatchObject([{ case: null, point: null, backend: null, reason: "a known slow kernel" }])
  const waived = items[0]?.gate ?? ""
  const next = runSuite(studio, ["pt=mock:clean,seed=1", "jax=mock:clean,seed=2,slowdown=1.15"])
  await page.goto(`/campaigns/${next}?gates=all`)
  const excused = rows.filter({ has: page.getByRole("cell", { name: waived, exact: true }) })
  await excused.first().getByText("by someone: a known slow kernel").waitFor()
  expect(await excused.getByRole("button").count()).toBe(0)
  await page.getByText("4 waived").waitFor()
})

test("what a campaign shows is asked for once in two seconds at most, and only for runs of its own", async () => {
  const going = await startSuite(studio, ["pt=mock:clean,seed=1", "jax=mock:clean,seed=2"], 200)
  const asked: string[] = []
  page.on("request", (request) => asked.push(new URL(request.url()).pathname.replace("/api/v1", "")))
  const count = (id: string) => asked.filter((path) => path === `/campaigns/${id}`).length
  const more = async () => {
    const made = async () => (await get<{ runs: number }>(studio, "/status")).runs
    const until = (await made()) + 20
    while ((await made()) < until);
  }
  await page.clock.install()
  for (const [id, each] of [
    [going.id, 1],
    [slow, 0]
  ] as const) {
    await page.goto(`/campaigns/${id}`)
    await page.getByRole("progressbar", { name: "Runs done" }).waitFor()
    // What was due by then is asked and answered.
    await page.clock.pauseAt((await page.evaluate(() => Date.now())) + 60_000)
    await more()
    const before = count(id)
    const counts = asked.filter((path) => path === "/status").length
    await more()
    expect(count(id)).toBe(before)
    await page.clock.runFor(2000)
    await more()
    expect(count(id)).toBe(before + each)
    expect(asked.filter((path) => path === "/status").length - counts).toBeLessThanOrEqual(2)
    await page.clock.resume()
  }
  await post(studio, `/campaigns/${going.id}/cancel`, {})
  await going.ended
})

test("a campaign that goes on is followed, pauses, goes on and is cancelled", async () => {
  const going = await startSuite(studio, ["pt=mock:clean,seed=1", "jax=mock:clean,seed=2"], 200)
  await page.goto(`/campaigns/${going.id}`)
  await page.getByRole("progressbar", { name: "Runs done" }).waitFor()
  await page.getByRole("button", { name: "Pause" }).focus()
  await page.keyboard.press("Enter")
  expect(await page.getByRole("button", { name: "Pausing" }).getAttribute("aria-disabled")).toBe("true")
  await page.locator(".badge.paused").waitFor()
  await going.ended
  await expect.poll(focusIsIn(".campaign-actions")).toBe(true)
  await page.keyboard.press("Enter")
  await page.locator(".badge.running").waitFor()
  await expect.poll(focusIsIn(".campaign-actions")).toBe(true)
  await page.getByRole("button", { name: "Cancel" }).click()
  await page.locator(".badge.cancelled").waitFor()
  expect(await get(studio, `/campaigns/${going.id}`)).toMatchObject({ status: "cancelled", verdict: null })
})
