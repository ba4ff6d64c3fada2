import { beforeAll, expect, test } from "vitest"
import { browser, eachOnItsPage, page, studio } from "../eachPage.ts"
import { finishedRun, get, openPage, post, startStudio } from "../support.ts"

eachOnItsPage()

let first: string
let second: string

const score = { score: { query: "Is it so?", items: [" x", " y"], labels: [" yes", " no"] } }

beforeAll(async () => {
  first = await finishedRun(studio, "alpha=mock:clean", score)
  second = await finishedRun(studio, "beta=mock:clean", score)
})

test("runs are found, marked and compared without a mouse", async () => {
  await page.goto("/runs")
  await page.locator("tbody tr").nth(1).waitFor()
  await page.keyboard.press("/")
  await page.keyboard.type("backend:alpha")
  await page.waitForURL(/backend=alpha/)
  await page.getByText("alpha", { exact: true }).waitFor()
  await page.locator("tbody tr").nth(1).waitFor({ state: "detached" })
  await page.keyboard.press("Escape")
  expect(await page.getByRole("region", { name: "Runs" }).evaluate((region) => region === document.activeElement)).toBe(
    true
  )
  await page.goto("/runs")
  await page.locator("tbody tr").nth(1).waitFor()
  for (const key of ["j", "x", "j", "x", "c"]) await page.keyboard.press(key)
  await page.waitForURL("**/compare/*")
})

test("the filter offers fields, then values, and a link holds what was chosen", async () => {
  await page.goto("/runs")
  await page.locator("tbody tr").nth(1).waitFor()
  await page.keyboard.press("/")
  await page.keyboard.type("back")
  await page.getByRole("option", { name: "backend:" }).waitFor()
  await page.keyboard.press("ArrowDown")
  await page.keyboard.press("Enter")
  await page.getByRole("option", { name: "backend:beta" }).click()
  await page.keyboard.type("since:1h")
  await page.waitForURL(/backend=beta.*since=1h/)
  await page.getByRole("button", { name: "alpha" }).waitFor({ state: "detached" })
  await page.reload()
  const field = page.getByRole("combobox", { name: "Filter runs" })
  expect(await field.inputValue()).toBe("backend:beta since:1h")
  await page.getByRole("button", { name: "Keep this filter" }).click()
  await page.goto("/runs")
  await field.click()
  await page.getByRole("option", { name: "backend:beta since:1h" }).click()
  await page.waitForURL(/backend=beta.*since=1h/)
})

test("the key metric of a run stands among those of the same workload on the same backend", async () => {
  const bench = { benchmark: { entrypoint: "serving", set: { "num-prompts": 20 } } }
  const seeds = [1, 2, 3]
  for (const seed of seeds) await finishedRun(studio, `keyed=mock:clean,run_noise=0.1,seed=${seed}`, bench)
  await page.goto("/runs?backend=keyed")
  await page.getByRole("columnheader", { name: "key metric" }).waitFor()
  expect(await page.getByRole("img", { name: "3 runs of this workload on this page" }).count()).toBe(3)
  await page.goto("/runs?backend=alpha")
  await page.locator("tbody tr").first().waitFor()
  expect(await page.getByRole("columnheader", { name: "key metric" }).count()).toBe(0)
})

test("marked runs are tagged, archived and brought back by keys, and stay marked over a reload", async () => {
  const ids = [await finishedRun(studio, "bulk=mock:clean", score), await finishedRun(studio, "bulk=mock:clean", score)]
  await page.goto("/runs?backend=bulk")
  await page.locator("tbody tr").nth(1).waitFor()
  await page.keyboard.press("X")
  await page.getByText("2 runs marked").waitFor()
  await page.reload()
  await page.getByText("2 runs marked").waitFor()
  await page.keyboard.press("t")
  await page.getByRole("textbox", { name: "Tags" }).fill("one two")
  await page.keyboard.press("Enter")
  await page.getByText("2 runs tagged").waitFor()
  await page.keyboard.press("t")
  await page.getByRole("textbox", { name: "Tags" }).fill("-two")
  await page.keyboard.press("Enter")
  await page.getByRole("button", { name: "two" }).first().waitFor({ state: "detached" })
  for (const id of ids) expect(await get(studio, `/runs/${id}`)).toMatchObject({ tags: ["one"] })
  await page.keyboard.press("e")
  await page.getByText("2 runs archived").waitFor()
  await page.getByText("No run matches").waitFor()
  await page.goto("/runs?backend=bulk&archived=true")
  await page.locator("tbody tr").nth(1).waitFor()
  for (const key of ["X", "e"]) await page.keyboard.press(key)
  await page.getByText("No run matches").waitFor()
  for (const id of ids) expect(await get(studio, `/runs/${id}`)).toMatchObject({ archived: false })
  await page.getByRole("button", { name: "Undo" }).last().click()
  await expect.poll(() => get(studio, `/runs/${ids[0]}`)).toMatchObject({ archived: true })
})

test("older runs are a page further, marks go along, and back leads back", async () => {
  for (let n = 0; n < 51; n++) await finishedRun(studio, "many=mock:clean", score)
  await page.goto("/runs?backend=many")
  await page.locator("tbody tr").nth(49).waitFor()
  for (const key of ["j", "x", "]"]) await page.keyboard.press(key)
  await page.waitForURL(/after=/)
  await page.locator("tbody tr").nth(1).waitFor({ state: "detached" })
  for (const key of ["j", "x"]) await page.keyboard.press(key)
  await page.getByText("2 runs marked").waitFor()
  await page.goBack()
  await page.locator("tbody tr").nth(49).waitFor()
  const { length } = await (await page.request.get("/api/v1/runs?backend=many&limit=50")).body()
  expect(length).toBeLessThanOrEqual(60_000)
})

test("columns are chosen, in the address and for the next visit", async () => {
  const heads = () => page.getByRole("columnheader").allTextContents()
  await page.goto("/runs")
  await page.locator("tbody tr").nth(1).waitFor()
  const usual = await heads()
  await page.getByRole("button", { name: "Columns" }).click()
  const picker = page.getByRole("group", { name: "Columns" })
  await picker.getByRole("checkbox", { name: "validity" }).uncheck()
  await picker.getByRole("checkbox", { name: "workload" }).check()
  await page.getByRole("columnheader", { name: "workload" }).waitFor()
  const chosen = await heads()
  expect(chosen).not.toContain("validity")
  await page.keyboard.press("Escape")
  await page.goto("/runs")
  await page.locator("tbody tr").nth(1).waitFor()
  expect(await heads()).toEqual(chosen)
  await page.goto("/runs?columns=kind")
  await page.getByRole("columnheader", { name: "kind" }).waitFor()
  expect(await heads()).toEqual(["", "run", "kind", "what was asked"])
  await page.getByRole("button", { name: "Columns" }).click()
  await picker.getByRole("button", { name: "The usual ones" }).click()
  await page.getByRole("columnheader", { name: "status" }).waitFor()
  expect(await heads()).toEqual(usual)
})

test("the table fits where there is little room, and what matters least goes first", async () => {
  await finishedRun(studio, "a-backend-whose-name-is-longer-than-most=mock:clean", {
    benchmark: { entrypoint: "serving", set: { "num-prompts": 64 } }
  })
  await page.setViewportSize({ width: 900, height: 700 })
  await page.goto("/runs")
  await page.locator("tbody tr").nth(2).waitFor()
  const frame = page.getByRole("region", { name: "Runs" })
  expect(await frame.evaluate((box) => box.scrollWidth - box.clientWidth)).toBe(0)
  expect(await page.getByRole("columnheader", { name: "tags" }).count()).toBe(0)
  expect((await page.getByRole("columnheader", { name: "what was asked" }).boundingBox())?.width).toBeGreaterThan(119)
})

test("a run that another client starts appears by itself", async () => {
  await page.goto("/runs?backend=gamma")
  await page.getByText("No run matches").waitFor()
  await finishedRun(studio, "gamma=mock:clean", score)
  await page.getByRole("button", { name: "gamma" }).waitFor()
})

test("a run tells its states, shows its files and keeps tags and notes", async () => {
  await page.goto(`/runs/${first}`)
  const states = page.getByRole("list", { name: "States of this run" })
  await states.getByText("succeeded").waitFor()
  expect((await states.getByRole("listitem").allTextContents()).map((text) => text.split(" ")[0])).toEqual([
    "queued",
    "starting",
    "running",
    "succeeded"
  ])
  expect(await page.locator(".phase-bar > *").count()).toBe(3)
  await page.getByRole("textbox", { name: "tags" }).fill("nightly blue")
  await page.getByRole("textbox", { name: "note" }).fill("looked at")
  await page.getByRole("button", { name: "Save" }).click()
  await page.getByText("Saved").waitFor()
  expect(await get(studio, `/runs/${first}`)).toMatchObject({ tags: ["nightly", "blue"], note: "looked at" })
  await page.getByRole("button", { name: "Pin" }).click()
  await page.getByRole("button", { name: "Unpin" }).waitFor()
  await page
    .getByRole("region", { name: "Command" })
    .getByText(/studio score --backend/)
    .waitFor()
})

test("a run's tokens can be walked by themselves", async () => {
  await page.goto(`/runs/${second}?pos=2`)
  await page.locator("#token-2[aria-selected=true]").waitFor()
  await page.keyboard.press("j")
  await page.getByRole("complementary", { name: "Position 3" }).waitFor()
})

test(". repeats the run", async () => {
  await page.goto(`/runs/${second}`)
  await page.getByRole("button", { name: /Repeat/ }).waitFor()
  await page.keyboard.press(".")
  await page.waitForURL((url) => url.pathname.startsWith("/runs/") && !url.pathname.endsWith(second))
  await page.getByText("succeeded").first().waitFor()
})

test("a run that hangs can be cancelled, and the page follows", async () => {
  const { id } = await post<{ id: string }>(studio, "/runs", { backend: "stuck=mock:hang", request: score })
  await page.goto(`/runs/${id}`)
  await page.getByRole("button", { name: "Cancel" }).click()
  await page.locator(".run-header .badge.cancelled").waitFor()
})

test("an unknown run shows code and hint, and leads to those that there are", async () => {
  await page.goto("/runs/zzzzzz")
  const alert = page.locator(".card").getByRole("alert")
  await alert.getByText("not-found").waitFor()
  await alert.getByText("studio runs list", { exact: true }).waitFor()
  await alert.getByRole("link", { name: "All runs" }).click()
  await page.locator("tbody tr").first().waitFor()
})

test("a filter that no run can pass says what of it is wrong", async () => {
  await page.goto("/runs?status=nonsense&since=xx&q=bogus:1")
  await page.getByText("No run matches").waitFor()
  expect(await page.locator(".filter-fault").allTextContents()).toEqual([
    expect.stringMatching(/^status: no nonsense; there is queued/),
    expect.stringMatching(/^since: xx is no time/),
    expect.stringMatching(/^bogus: is no field/)
  ])
})

test("back undoes a filter, not its letters one by one", async () => {
  await page.goto("/runs?backend=alpha")
  await page.getByRole("button", { name: "alpha" }).first().waitFor()
  const field = page.getByRole("combobox", { name: "Filter runs" })
  await field.fill("backend:bet")
  await page.waitForURL(/backend=bet$/)
  await field.press("End")
  await field.pressSequentially("a")
  await page.waitForURL(/backend=beta/)
  await page.goBack()
  await page.waitForURL(/backend=alpha/)
  await expect.poll(() => field.inputValue()).toBe("backend:alpha")
})

test("the palette says so where nothing is found", async () => {
  await page.goto("/runs")
  await page.locator("tbody tr").first().waitFor()
  await page.keyboard.press("Control+k")
  await page.getByRole("combobox", { name: "Search" }).fill("zzzz")
  await page.getByText("Nothing is called \u201czzzz\u201d").waitFor()
})

test("? lists the keys, Ctrl-K goes anywhere, the theme switch stays", async () => {
  await page.goto("/runs")
  await page.locator("tbody tr").first().waitFor()
  await page.keyboard.press("?")
  await page.getByRole("dialog", { name: "Keys" }).getByText("mark the row").waitFor()
  await page.keyboard.press("Escape")
  await page.keyboard.press("Control+k")
  await page.getByRole("combobox", { name: "Search" }).fill("backends")
  await page.keyboard.press("Enter")
  await page.waitForURL("**/backends")
  await page.getByRole("button", { name: "Switch to dark" }).click()
  await page.reload()
  await page.getByRole("button", { name: "Switch to light" }).waitFor()
  expect(await page.evaluate("getComputedStyle(document.body.parentElement).backgroundColor")).toBe("rgb(17, 19, 21)")
})

test("when the server goes away the page says that it may be out of date", async () => {
  const gone = await startStudio()
  const { page: other } = await openPage(browser, gone)
  await other.goto("/runs")
  await other.getByText("live", { exact: true }).waitFor()
  await gone.stop()
  await other.getByText(/stream has dropped/).waitFor()
  await other.context().close()
})

test("nothing on a run's page moves from its place while the page loads", async () => {
  const id = await finishedRun(studio, "bench=mock:clean", {
    benchmark: { entrypoint: "serving", set: { "num-prompts": 20 } }
  })
  await page.addInitScript(`
    window.shifted = 0
    const add = (list) => { for (const { value } of list.getEntries()) window.shifted += value }
    new PerformanceObserver(add).observe({ type: "layout-shift", buffered: true })
  `)
  await page.goto(`/runs/${id}`)
  await page.getByRole("list", { name: "States of this run" }).getByText("succeeded").waitFor()
  await page.locator("canvas").nth(1).waitFor()
  // The share of the view that moved times how far it did; 0.1 is what a page is still called stable with.
  expect(await page.evaluate("window.shifted")).toBeLessThan(0.01)
})

test("a metric's name opens its meaning, and nothing is open before", async () => {
  const id = await finishedRun(studio, "bench=mock:clean", {
    benchmark: { entrypoint: "serving", set: { "num-prompts": 20 } }
  })
  await page.goto(`/runs/${id}`)
  await page.getByRole("rowheader").getByRole("button", { name: "TTFT" }).waitFor()
  expect(await page.locator(".definition-text").filter({ visible: true }).count()).toBe(0)
  await page.getByRole("rowheader").getByRole("button", { name: "TTFT" }).click()
  await page.getByText("Time from sending a request to its first token.").waitFor()
  expect(await page.locator("canvas").count()).toBe(2)
})

test("what is wrong with a benchmark stands above its figures, and every request can be seen", async () => {
  const id = await finishedRun(studio, "wrong=mock:streamed-error", {
    benchmark: { entrypoint: "load", set: { "num-prompts": 60, "request-rate": 50 } }
  })
  await page.goto(`/runs/${id}?latency=ttft`)
  const first = page.locator(".run-main .card").first()
  await first.getByText("streamed-error-as-success").waitFor()
  await page.getByRole("img", { name: "TTFT of every request" }).waitFor()
  await page.getByText("60 requests, 12 failed").waitFor()
  await page.getByRole("group", { name: "Latency" }).getByRole("button", { name: "TPOT" }).click()
  await page.waitForURL(/latency=tpot/)
  await page.getByRole("columnheader", { name: "P99" }).waitFor()
  expect(await page.getByRole("columnheader", { name: "P99" }).getAttribute("title")).toContain("1,000")
})
