import { beforeAll, expect, test } from "vitest"
import { eachOnItsPage, page, studio } from "../eachPage.ts"
import { finishedRun, get, parity, post } from "../support.ts"

eachOnItsPage()

let checked: string

beforeAll(async () => {
  checked = await parity(studio)
})

test("a parity comparison shows its levels, its tolerance's source, and each cause in words", async () => {
  await page.goto(`/compare/${checked}`)
  const levels = page.getByRole("list", { name: "Levels of the parity protocol" })
  await levels.getByText("L4").waitFor()
  expect(await levels.locator("li").count()).toBe(5)
  await page.locator(".tolerance-note", { hasText: /class fp32.*noise floor/ }).waitFor()
  const cases = page.locator("#cases")
  await cases.locator("tr", { hasText: "refunds" }).getByText("batch-dependent").waitFor()
  await cases.getByText(/right gives item \d [\d.e-]+ in the batch and [\d.e-]+ alone/).waitFor()
  const sizes = (await cases.locator("td.number").allTextContents()).map(Number)
  expect(sizes).toHaveLength(2)
  expect(Math.min(...sizes)).toBeGreaterThan(0)
  await cases.getByRole("link", { name: /^refunds/ }).click()
  await page.waitForURL(/request=refunds/)
  await cases.getByRole("button", { name: "by name" }).click()
  await page.waitForURL(/sort=name/)
})

test("a number leads to its entry in the dictionary", async () => {
  await page.goto(`/compare/${checked}`)
  await page.locator(".delta-cards").getByRole("button", { name: "Rankings changed" }).click()
  await page.getByRole("link", { name: "in the dictionary" }).locator("visible=true").click()
  await page.waitForURL("**/dictionary#rank_flips")
  const entry = page.locator("#rank_flips")
  await entry.getByText("Requests whose items stand in another order.").waitFor()
  expect(await entry.getAttribute("class")).toBe("named")
  await page.goBack()
  await page.locator(".verdict-sentence").waitFor()
})

test("a suggested check is made from the page, and the new comparison knows what it showed", async () => {
  const request = { score: { query: "Is it so?", items: ["one", "two", "three"], labels: [" yes", " no"] } }
  const runs = [
    await finishedRun(studio, "a=mock:clean", request),
    await finishedRun(studio, "b=mock:perturbed,value=1.5", request)
  ]
  const { id } = await post<{ id: string }>(studio, "/compares", { run_ids: runs })
  await page.goto(`/compare/${id}`)
  const check = page.locator("#tokens .confirm li", { hasText: "repeat" })
  await check.getByRole("button", { name: "Run: repeat" }).click()
  await page.waitForURL((url) => !url.pathname.endsWith(id))
  await page.locator("#tokens .confirm li", { hasText: "repeat" }).getByText("confirmed").waitFor()
})

test("a third run is laid beside two arms, the baseline stays", async () => {
  const request = { generate: { prompt: "the quick brown fox", max_new_tokens: 6, temperature: 0, top_logprobs: 2 } }
  const runs = []
  for (const spec of ["one=mock:clean", "two=mock:clean,seed=9", "three=mock:clean"])
    runs.push(await finishedRun(studio, spec, request))
  const { id } = await post<{ id: string }>(studio, "/compares", { run_ids: runs.slice(0, 2) })
  await page.goto(`/compare/${id}`)
  await page.getByRole("heading", { name: "Outputs" }).waitFor()
  await page.getByRole("button", { name: "+ Add arm" }).click()
  await page.getByRole("textbox", { name: "Find a run" }).fill("three")
  await page.getByRole("list", { name: "Runs" }).getByRole("button", { name: /three/ }).click()
  await page.locator(".chip.third").waitFor()
  expect(await page.locator(".chip strong").allTextContents()).toEqual(["one", "two", "three"])
})

test("a backend is checked against itself, and its reports are kept", async () => {
  await page.goto("/backends")
  const card = page.getByRole("region", { name: "Self-consistency of right" })
  await card.locator("tr", { hasText: "Alone against in a batch" }).locator(".badge.fail").waitFor()
  await card.getByRole("button", { name: "Check against itself" }).click()
  await card.getByRole("list", { name: "Earlier reports" }).locator("li").nth(1).waitFor({ timeout: 60_000 })
  const { items } = await get<{ items: { id: string }[] }>(studio, "/backends/right/self-checks")
  await card.getByRole("list", { name: "Earlier reports" }).getByRole("button").nth(1).click()
  await page.waitForURL(new RegExp(`report=${items[1]?.id}`))
})
