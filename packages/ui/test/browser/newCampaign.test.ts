import { beforeAll, expect, test } from "vitest"
import { eachOnItsPage, page, studio } from "../eachPage.ts"
import { get, post } from "../support.ts"

eachOnItsPage()

beforeAll(async () => {
  await post(studio, "/backends", { name: "pt", adapter: "mock", scenario: "clean", seed: 1 })
  await post(studio, "/backends", { name: "jax", adapter: "mock", scenario: "clean", seed: 2 })
})

const suiteText = () => page.getByRole("textbox", { name: "Suite" })
const plan = () => page.getByRole("region", { name: "Order of the runs" })

test("a suite is planned as it is typed, and started", async () => {
  await page.goto("/campaigns")
  await page.getByRole("link", { name: "New campaign" }).click()
  await page.waitForURL("**/campaigns/new")
  await page.getByRole("button", { name: "Fill in an example" }).click()
  await page.getByText("The suite names no backend.").first().waitFor()
  for (const name of ["pt", "jax"]) await page.getByRole("button", { name: new RegExp(`^${name}`) }).click()
  // 4 cells on 2 backends: 3 repeats and a warm-up.
  await page.getByText("32 runs in 3 blocks, 8 of them warm-up").waitFor()
  expect(await plan().getByRole("row").count()).toBe(3)
  expect(await plan().locator(".slot").count()).toBe(32)
  await page.getByText("studio run suite.yaml --backend pt --backend jax").waitFor()
  await page.getByRole("button", { name: "Start 32 runs" }).click()
  await page.waitForURL(/campaigns\/(?!new)\w+$/)
  await page.locator(".badge.loud").waitFor()
  await page.getByRole("heading", { level: 1, name: "first-look" }).waitFor()
  expect(await page.title()).toContain("first-look")
  expect(await get(studio, "/campaigns")).toMatchObject({
    items: [{ suite: "first-look", planned: 24, backends: ["pt", "jax"] }]
  })
  await page.goBack()
  await page.getByText(/about .*, from earlier campaigns/).waitFor()
})

test("mistakes stand beside their lines, and one leads to its place", async () => {
  const text = "suite: wrong\ncases:\n  - { name: a, benchmark: serving }\nrepeat: 3\ngates: [{ name: p95, max: 1% }]\n"
  await page.goto(`/campaigns/new?backends=pt&suite=${encodeURIComponent(text)}`)
  const mistakes = page.getByRole("status").filter({ hasText: "mistakes" }).getByRole("listitem")
  await mistakes.first().waitFor()
  expect((await mistakes.allTextContents())[0]).toBe("line 4repeatunknown field; did you mean repeats?")
  expect(await page.locator(".suite-lines .wrong").allTextContents()).toEqual(["4", "5"])
  expect(await page.getByRole("button", { name: /^Start/ }).isDisabled()).toBe(true)
  await mistakes.first().getByRole("button", { name: "line 4" }).click()
  await page.keyboard.type("repeats: 3")
  await page.keyboard.press("ArrowDown")
  await page.keyboard.press("Home")
  await page.keyboard.press("Shift+End")
  await page.keyboard.press("Delete")
  await page.getByRole("button", { name: "Start 3 runs" }).waitFor()
  expect(await mistakes.count()).toBe(0)
})

test("the form is in the address, and a gate says why it does not start on mocks", async () => {
  await page.goto("/campaigns/new")
  await suiteText().fill("suite: gated\ncases: [{ name: a, benchmark: serving }]\nrepeats: 2\nbackends: [pt, jax]\n")
  await page.getByRole("checkbox", { name: /^gate/ }).check()
  await page.waitForURL(/gate=1/)
  await page.reload()
  await page.getByRole("button", { name: "Start 4 runs" }).waitFor()
  expect(await suiteText().inputValue()).toContain("suite: gated")
  await suiteText().focus()
  await page.keyboard.press("Control+Enter")
  await page.getByText("mock-refused").waitFor()
  await page.getByRole("checkbox", { name: /judge mocks/ }).check()
  await page.keyboard.press("Control+Enter")
  await page.waitForURL(/campaigns\/(?!new)\w+$/)
})

test("what an earlier campaign ran is run again", async () => {
  const suite = { suite: "known", cases: [{ name: "a", benchmark: "serving" }], repeats: 2 }
  const { id } = await post<{ id: string }>(studio, "/campaigns", { suite, backends: ["pt", "jax"] })
  await page.goto(`/campaigns/${id}`)
  await page.getByRole("link", { name: "Run again" }).click()
  await page.getByText("word for word").waitFor()
  await page.getByRole("button", { name: "Start 4 runs" }).waitFor()
  await page.getByRole("button", { name: "Write one instead" }).click()
  await suiteText().waitFor()
  await page.getByRole("combobox", { name: "Suite of an earlier campaign" }).selectOption(id)
  await page.waitForURL(/of=/)
  await page.getByRole("button", { name: "Start 4 runs" }).click()
  await page.waitForURL(/campaigns\/(?!new)\w+$/)
  const { items } = await get<{ items: readonly { id: string }[] }>(studio, "/campaigns?suite=known")
  expect(items.map((one) => one.id === id)).toEqual([false, true])
})
