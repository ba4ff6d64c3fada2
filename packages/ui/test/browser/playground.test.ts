import { expect, test } from "vitest"
import { browser, eachOnItsPage, page, studio } from "../eachPage.ts"
import { get, openPage } from "../support.ts"

eachOnItsPage()

const addBackend = async (spec: string) => {
  await page.getByRole("button", { name: "+ Add" }).click()
  await page.getByRole("textbox", { name: "Backend to add" }).fill(spec)
  await page.keyboard.press("Enter")
  await page.getByRole("button", { name: new RegExp(`^${spec.split("=")[0]}\\b`), pressed: true }).waitFor()
}

test("scores on two backends by keyboard, live, to a verdict that opens", async () => {
  await page.goto("/playground")
  await addBackend("left=mock:clean")
  await addBackend("right=mock:batch-dependent")
  await page.getByRole("button", { name: "fill in an example" }).click()
  await page.getByText("same on both").waitFor()
  await page.getByText(/4 items · \d+ tokens/).waitFor()
  await page.keyboard.press("Control+Enter")
  await page.locator(".column").nth(1).getByText(/^done/).waitFor()
  expect(await page.locator(".column .origin.mock").count()).toBe(2)
  expect(await page.locator(".column").first().locator("tbody tr").count()).toBe(4)
  await page.getByRole("link", { name: /Open comparison/ }).waitFor()
  await page.locator("body").press("c")
  await page.waitForURL("**/compare/*")
  await page.locator(".verdict .badge").first().waitFor()
})

test("a link brings back the form and its results", async () => {
  await page.goto("/playground")
  await page.getByRole("button", { name: /^left/, pressed: true }).waitFor()
  await page.getByRole("textbox", { name: "Query" }).fill("Is the sky blue?")
  await page.getByRole("textbox", { name: "Items" }).fill("one\ntwo")
  await page.getByRole("textbox", { name: "Labels" }).fill(" yes")
  await page.keyboard.press("Enter")
  await page.keyboard.press("Control+Enter")
  await page.getByRole("link", { name: /Open comparison/ }).waitFor()
  await page.waitForURL(/comparison=/)
  const other = await openPage(browser, studio)
  await other.page.goto(page.url())
  await other.page.getByRole("link", { name: /Open comparison/ }).waitFor()
  expect(await other.page.getByRole("textbox", { name: "Query" }).inputValue()).toBe("Is the sky blue?")
  expect(await other.page.locator(".column").count()).toBe(2)
  expect(other.problems).toEqual([])
  await other.page.context().close()
})

test("a run that fails leaves a word instead of a verdict, one that hangs shows that time goes on", async () => {
  await page.goto("/playground")
  await page.getByRole("button", { name: /^right/, pressed: true }).click()
  await addBackend("xcrash=mock:crash")
  await page.getByRole("button", { name: "fill in an example" }).click()
  await page.keyboard.press("Control+Enter")
  const leftOut = page.getByRole("region", { name: "Left out" })
  await leftOut.getByText("not compared").waitFor()
  expect(await leftOut.textContent()).toContain("xcrash failed.")
  await addBackend("yhang=mock:hang")
  await page.keyboard.press("Control+Enter")
  const hanging = page.getByRole("region", { name: "Run 3" })
  await hanging.getByRole("timer").getByText(/[1-9]/).waitFor()
  await hanging.getByRole("button", { name: "Cancel" }).click()
  await leftOut.getByText("xcrash failed, yhang was cancelled.").waitFor()
})

test("the backends of the last run are chosen the next time", async () => {
  await page.goto("/playground")
  await page.getByRole("button", { name: /^left/, pressed: true }).click()
  await page.getByRole("button", { name: "fill in an example" }).click()
  await page.keyboard.press("Control+Enter")
  await page.locator(".column").first().getByText(/^done/).waitFor()
  const chosen = await page.locator(".backend-chips [aria-pressed=true]").allTextContents()
  await page.goto("/playground")
  await page.getByRole("button", { name: /baseline/, pressed: true }).waitFor()
  expect(await page.locator(".backend-chips [aria-pressed=true]").allTextContents()).toEqual(chosen)
})

test("generates with the text streaming in", async () => {
  await page.goto("/playground?mode=generate&prompt=The+quick+brown&maxNewTokens=24")
  await page.getByRole("button", { name: /^left/, pressed: true }).waitFor()
  await page.getByRole("button", { name: /Run on/ }).click()
  await page.locator(".column").nth(1).getByText(/^done/).waitFor()
  const { items } = await get<{ items: { id: string }[] }>(studio, "/runs?kind=generate&limit=1")
  const { output } = await get<{ output: { text: string } }>(studio, `/runs/${items[0]?.id}`)
  expect(await page.locator(".output").last().textContent()).toContain(output.text)
})

test("benchmarks two backends, and repeats that in a campaign", async () => {
  await page.goto("/playground")
  await page.getByRole("button", { name: /^left/, pressed: true }).waitFor()
  await page.getByRole("button", { name: "Benchmark" }).click()
  await page.getByRole("button", { name: "fill in an example" }).click()
  expect(await page.getByRole("combobox", { name: "Entrypoint" }).inputValue()).toBe("load")
  await page.getByRole("textbox", { name: /Flags/ }).press("Control+Enter")
  await page.locator(".column").nth(1).getByText(/^done/).waitFor()
  const figures = page.locator(".column").first().getByRole("region", { name: "Distributions" })
  expect(await figures.getByRole("row", { name: /^E2E/ }).count()).toBe(1)
  await page.getByRole("region", { name: "Verdict" }).getByText("inconclusive").waitFor()
  await page.getByRole("link", { name: "Repeat in a campaign" }).click()
  await page.getByRole("button", { name: /^Start \d+ runs/ }).waitFor()
  expect(await page.getByRole("textbox", { name: "Suite" }).inputValue()).toContain("num-prompts: 64")
})

test("says what is missing instead of sending it", async () => {
  await page.goto("/playground?query=Q&items=a")
  await page.getByRole("button", { name: /^left/, pressed: true }).waitFor()
  await page.getByRole("button", { name: /Run on/ }).click()
  await page.getByRole("alert").getByText(/label/).waitFor()
})

test("a label of several tokens is flagged with its pieces", async () => {
  await page.goto("/playground")
  await page.getByRole("button", { name: /^left/, pressed: true }).waitFor()
  await page.getByRole("textbox", { name: "Labels" }).fill(" several words here")
  await page.keyboard.press("Enter")
  await page
    .getByText(/is \d+ tokens \(/)
    .first()
    .waitFor()
})

test("a backend that cannot be read is refused with an example", async () => {
  await page.goto("/playground")
  await page.getByRole("button", { name: "+ Add" }).click()
  await page.getByRole("textbox", { name: "Backend to add" }).fill("nonsense")
  await page.keyboard.press("Enter")
  await page
    .getByRole("alert")
    .getByText(/NAME=URL/)
    .waitFor()
})

test("a custom mask is checked before it is sent, and a backend that has no masks refuses it by name", async () => {
  await page.goto("/playground?mask=custom")
  await page.getByRole("button", { name: /^left/, pressed: true }).waitFor()
  await page.getByRole("button", { name: "fill in an example" }).click()
  const matrix = page.getByRole("textbox", { name: "Mask matrix" })
  const run = page.getByRole("button", { name: /Run on/ })
  await matrix.fill("[[1,0]]")
  await run.click()
  await page
    .getByRole("alert")
    .getByText(/square of 0 and 1/)
    .waitFor()
  await matrix.fill("[[1,0],[1,1]]")
  await run.click()
  await page
    .locator(".column")
    .first()
    .getByText(/mask-unsupported/)
    .waitFor()
})

test("a form is kept as a case with its tolerance, and comes back from it", async () => {
  await page.goto("/playground")
  await page.getByRole("button", { name: /^left/, pressed: true }).waitFor()
  await page.getByRole("button", { name: "fill in an example" }).click()
  await page.getByRole("textbox", { name: "Tolerance" }).fill("0.01")
  await page.getByRole("button", { name: "Save as case" }).click()
  await page.getByRole("textbox", { name: "Name" }).fill("refund-policy")
  await page.getByRole("button", { name: /^Save/ }).last().click()
  await page
    .getByText(/refund-policy/)
    .first()
    .waitFor()
  const { items } = await get<{ items: { name: string; tolerance: number }[] }>(studio, "/cases")
  expect(items).toMatchObject([{ name: "refund-policy", tolerance: 0.01 }])
})
