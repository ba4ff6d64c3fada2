import { beforeAll, expect, test } from "vitest"
import { eachOnItsPage, page, studio } from "../eachPage.ts"
import { finishedRun, get, post } from "../support.ts"

eachOnItsPage("--demo")

let failing: string
let wrong: string

const long = {
  generate: {
    prompt: "the quick brown fox jumps over the lazy dog ".repeat(150),
    max_new_tokens: 2,
    temperature: 0,
    top_logprobs: 3
  }
}

beforeAll(async () => {
  const { items } = await get<{ items: { id: string; outcome: string }[] }>(studio, "/compares")
  failing = items.find((one) => one.outcome === "fail")?.id ?? ""
  const runs = [
    await finishedRun(studio, "a=mock:clean", long),
    await finishedRun(studio, "b=mock:perturbed,value=1.02", long)
  ]
  wrong = (await post<{ id: string }>(studio, "/compares", { run_ids: runs })).id
})

const position = () => Number(new URL(page.url()).searchParams.get("pos"))

test("the worked example says within one screen that rankings change though tokens agree, and why", async () => {
  await page.goto("/")
  await page.waitForURL("**/compare")
  await page.getByRole("link", { name: /changes 9 of 12 rankings/ }).click()
  const verdict = page.getByRole("heading", { name: /changes 9 of 12 rankings/ })
  await verdict.waitFor()
  expect(await verdict.textContent()).toContain("batch")
  await page.getByText(/sent one by one they agree to/).waitFor()
  const box = await page.locator("#scores table").boundingBox()
  expect(box?.y).toBeLessThan(900)
  const sizes = await page.evaluate<number[]>(
    "[...document.querySelectorAll('main *')].map((node) => parseFloat(getComputedStyle(node).fontSize))"
  )
  expect(Math.max(...sizes)).toBeLessThanOrEqual(20)
})

test("a comparison that does not exist is asked for once and said to be missing", async () => {
  let asked = 0
  page.on("request", (request) => request.url().endsWith("/compares/zzzz") && asked++)
  await page.goto("/compare/zzzz")
  await page.getByRole("heading", { name: "No comparison with id zzzz" }).waitFor()
  const again = page.waitForResponse((response) => response.url().endsWith("/compares/zzzz"))
  await page.getByRole("button", { name: "Try again" }).click()
  await again
  expect(asked).toBe(2)
})

test("what was measured elsewhere offers nothing that only its own backend could do", async () => {
  await page.goto(`/compare/${failing}`)
  await page.locator("#scores .confirm li", { hasText: "fresh server" }).getByText("not here").waitFor()
  expect(await page.getByRole("button", { name: /Repeat|^Run:|Copy command/ }).count()).toBe(0)
  await page.goto(`/compare/${wrong}`)
  await page.getByRole("button", { name: /Repeat/ }).waitFor()
})

test("ribbon, table and inspector are three views of one position, and keys move it", async () => {
  await page.goto(`/compare/${failing}?case=generate-05&pos=4`)
  const same = async (at: number) => {
    await page.locator(`#token-${at}[aria-selected=true]`).waitFor()
    await page.getByRole("complementary", { name: `Position ${at}` }).waitFor()
    expect(await page.locator("#tokens tbody tr[aria-selected=true] td").first().textContent()).toBe(String(at))
  }
  await same(4)
  await page.keyboard.press("j")
  await same(5)
  await page.keyboard.press("k")
  await page.keyboard.press("k")
  await same(3)
  await page.locator("#token-9").click()
  await same(9)
  await page.locator("#tokens tbody tr", { hasText: /^11/ }).click()
  await same(11)
  expect(position()).toBe(11)
})

test("] goes from one position over tolerance to the next, and [ back", async () => {
  await page.goto(`/compare/${wrong}?pos=0`)
  await page.locator("#token-0").waitFor()
  await page.keyboard.press("]")
  await page.waitForURL(/pos=[1-9]/)
  const first = position()
  await page
    .getByRole("complementary")
    .getByText(/× tolerance/)
    .waitFor()
  await page.keyboard.press("]")
  await page.waitForURL((url) => url.searchParams.get("pos") !== String(first))
  expect(position()).toBeGreaterThan(first)
  await page.keyboard.press("[")
  await page.waitForURL((url) => url.searchParams.get("pos") === String(first))
})

test("a long trace comes page by page and keeps few rows in the document", async () => {
  const pages: string[] = []
  page.on("request", (request) => request.url().includes("/trace?") && pages.push(request.url()))
  await page.goto(`/compare/${wrong}?pos=0`)
  await page.locator("#token-0").waitFor()
  const rows = () => page.locator("#tokens tbody tr").count()
  expect(await rows()).toBeLessThanOrEqual(200)
  await page.locator(".virtual").evaluate((box) => box.scrollTo(0, box.scrollHeight))
  await page.locator("#tokens tbody tr", { hasText: /the/ }).last().waitFor()
  expect(await rows()).toBeLessThanOrEqual(200)
  expect(Number(await page.locator("#tokens table.fixed").getAttribute("aria-rowcount"))).toBeGreaterThan(1000)
  expect(pages.every((url) => /from=\d+&to=\d+/.test(url))).toBe(true)
})

test("a link carries case, position, part and measure", async () => {
  await page.goto(`/compare/${failing}?case=generate-03&part=output&view=nll&config=all`)
  await page.getByRole("button", { name: "NLL", pressed: true }).waitFor()
  await page.getByRole("button", { name: "output", pressed: true }).waitFor()
  expect(await page.getByRole("combobox", { name: "Case" }).inputValue()).toBe("generate-03")
  await page.getByRole("button", { name: "all", exact: true, pressed: true }).waitFor()
  await page.getByRole("button", { name: "logprob", exact: true }).click()
  await page.waitForURL((url) => !url.searchParams.has("view"))
})

test("the arrows between the arms make the other one the baseline", async () => {
  await page.goto(`/compare/${failing}`)
  await page.getByRole("button", { name: "Make jax-overlap the baseline" }).click()
  await page.waitForURL((url) => !url.pathname.endsWith(failing))
  const chips = page.locator(".chip strong")
  await page.getByRole("button", { name: "Make pytorch-float32 the baseline" }).waitFor()
  expect(await chips.allTextContents()).toEqual(["jax-overlap", "pytorch-float32"])
  await page.goBack()
  await page.getByRole("button", { name: "Make jax-overlap the baseline" }).waitFor()
})

test("three arms have three colours, and the one that parts is named and opened first", async () => {
  const { arms } = await get<{ arms: { label: string; run_ids: string[] }[] }>(studio, `/compares/${failing}`)
  const third = await finishedRun(studio, "c=mock:clean", long)
  const both = await get<{ arms: { label: string; run_ids: string[] }[] }>(studio, `/compares/${wrong}`)
  expect(arms).toHaveLength(2)
  const { id } = await post<{ id: string }>(studio, "/compares", {
    arms: [both.arms[0], { label: "c", run_ids: [third] }, both.arms[1]]
  })
  await page.goto(`/compare/${id}`)
  await page.locator(".chip.third").waitFor()
  await page.getByRole("button", { name: "b", exact: true, pressed: true }).waitFor()
  await page
    .locator(".inspector")
    .getByText(/× tolerance/)
    .waitFor()
  await page.locator(".delta-card", { hasText: "Max |Δ logprob|" }).locator(".third", { hasText: "b" }).waitFor()
  await page.getByRole("button", { name: "c", exact: true, pressed: false }).click()
  await page.waitForURL(/arm=1/)
  await page.locator(".inspector").getByText("within tolerance").waitFor()
})

test("a missing BOS does not hide the tokens behind it: the sides are laid on each other", async () => {
  const runs = [await finishedRun(studio, "a=mock:clean", long), await finishedRun(studio, "d=mock:bos-missing", long)]
  const { id } = await post<{ id: string }>(studio, "/compares", { run_ids: runs })
  await page.goto(`/compare/${id}?pos=5`)
  await page.getByText("aligned: a has 1 more leading token").waitFor()
  await page
    .getByRole("complementary", { name: "Position 5" })
    .getByText(/tolerance/)
    .waitFor()
  expect(await page.locator("#tokens .token.bad").count()).toBe(0)
})
