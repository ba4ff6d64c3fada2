import { mkdtempSync, readFileSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { beforeAll, expect, test } from "vitest"
import { eachOnItsPage, page, studio } from "../eachPage.ts"
import { get, post } from "../support.ts"

eachOnItsPage()

const folder = mkdtempSync(join(tmpdir(), "studio-cases-"))

beforeAll(async () => {
  await post(studio, "/backends", { name: "left", adapter: "mock", scenario: "clean" })
  await post(studio, "/backends", { name: "right", adapter: "mock", scenario: "temperature", value: 0.7 })
})

interface Stored {
  readonly items: readonly { readonly name: string; readonly tags: readonly string[]; readonly verdicts: unknown[] }[]
}

const stored = () => get<Stored>(studio, "/cases")

test("cases are written, corrected and deleted, and the form says what is wrong", async () => {
  await page.goto("/cases")
  await page.getByText("No case is stored").waitFor()
  await page.keyboard.press("n")
  const form = page.getByRole("form", { name: "New case" })
  await form.getByRole("button", { name: "Save" }).click()
  await form.getByRole("alert").getByText("Give the case a name.").waitFor()
  await form.getByRole("textbox", { name: "Name" }).fill("refund")
  await form.getByRole("button", { name: "Token ids" }).click()
  await form.getByRole("textbox", { name: "Token ids" }).fill("1, two")
  await form.getByRole("button", { name: "Save" }).click()
  await form.getByText(/“two” is not a token id/).waitFor()
  await form.getByRole("button", { name: "Score" }).click()
  await form.getByRole("textbox", { name: "Query" }).fill("Is it so?")
  await form.getByRole("textbox", { name: "Items" }).fill("one\ntwo")
  await form.getByRole("textbox", { name: "Labels" }).fill(" yes")
  await page.keyboard.press("Enter")
  await form.getByRole("textbox", { name: "Tags" }).fill("nightly short")
  await form.getByRole("button", { name: "Save" }).click()
  await page.getByRole("form", { name: "Case refund" }).waitFor()
  expect(await stored()).toMatchObject({
    items: [{ name: "refund", tags: ["nightly", "short"], score: { items: ["one", "two"], labels: [" yes"] } }]
  })
  await page.reload()
  const again = page.getByRole("form", { name: "Case refund" })
  await again.getByRole("textbox", { name: "Tolerance" }).fill("0.01")
  await again.getByRole("button", { name: "Save" }).click()
  await page.getByText("refund saved").waitFor()
  expect(await stored()).toMatchObject({ items: [{ name: "refund", tolerance: 0.01 }] })
  await again.getByRole("button", { name: "Delete" }).click()
  await again.getByRole("button", { name: "Delete for good" }).click()
  await page.getByText("No case is stored").waitFor()
})

test("the form of a case takes the focus when it opens, and Escape closes it", async () => {
  await page.goto("/cases")
  await page.getByRole("button", { name: "New" }).focus()
  await page.keyboard.press("Enter")
  const name = page.getByRole("textbox", { name: "Name" })
  await expect.poll(() => name.evaluate((field) => field === document.activeElement)).toBe(true)
  await page.keyboard.press("Escape")
  await name.waitFor({ state: "detached" })
  expect(await page.getByRole("button", { name: "New" }).evaluate((button) => button === document.activeElement)).toBe(
    true
  )
})

test("cases come from a file, go to one, and run by tag to a comparison that opens", async () => {
  const file = join(folder, "cases.jsonl")
  const lines = [
    { name: "alpha", prompt: "the river runs past the mill and", tags: ["nightly"] },
    { name: "beta", prompt: "a list of colours: red, green, blue and", tags: ["nightly"] },
    { name: "gamma", prompt: "never asked", tags: ["slow"] }
  ]
  writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(""))
  await page.goto("/cases?backends=left,right")
  await page.getByText("No case is stored").waitFor()
  await page.getByLabel("Import cases from a JSONL file").setInputFiles(file)
  await page.getByText("3 cases imported").waitFor()
  const download = page.waitForEvent("download")
  await page.getByRole("button", { name: "Export" }).click()
  const exported = readFileSync(await (await download).path(), "utf8")
  expect(
    exported
      .trim()
      .split("\n")
      .map((line) => (JSON.parse(line) as { name: string }).name)
  ).toEqual(["alpha", "beta", "gamma"])
  await page.keyboard.press("/")
  await page.keyboard.type("tag:nightly")
  await page.getByText("2 of 3").waitFor()
  await page.getByRole("button", { name: /Run tag nightly \(2 cases\)/ }).click()
  await page.waitForURL(/check=/)
  await page.getByRole("link", { name: "Open comparison" }).waitFor({ timeout: 60_000 })
  await page.getByRole("list", { name: "Levels of the parity protocol" }).getByText("L1").waitFor()
  await page.locator("tr", { hasText: "alpha" }).locator(".case-verdict .badge.fail").waitFor()
  await page.locator("tr", { hasText: "alpha" }).locator(".case-verdict").getByText("MOCK").waitFor()
  expect((await stored()).items.map((one) => one.verdicts.length)).toEqual([1, 1, 0])
  await page.locator("tr", { hasText: "beta" }).locator(".case-verdict").click()
  await page.waitForURL("**/compare/*")
  await page
    .getByRole("heading", { name: /temperature/ })
    .first()
    .waitFor()
})

test("a file that cannot be read is refused with its line", async () => {
  const file = join(folder, "wrong.jsonl")
  writeFileSync(file, '{"name": "ok", "prompt": "x"}\n{"name": "none"}\n')
  await page.goto("/cases")
  await page.getByLabel("Import cases from a JSONL file").setInputFiles(file)
  await page.getByRole("alert").getByText(/2/).first().waitFor()
})

test("the Playground saves its form as a case and is filled from one", async () => {
  await page.goto("/playground?backends=%5B%22left%22%5D")
  await page.getByRole("button", { name: "fill in an example" }).click()
  await page.getByRole("button", { name: "Save as case" }).click()
  await page.getByRole("textbox", { name: "Tags" }).press("Escape")
  await page.getByRole("textbox", { name: "Case name" }).waitFor({ state: "detached" })
  await page.keyboard.press("Enter")
  await page.getByRole("textbox", { name: "Case name" }).fill("from the playground")
  await page.keyboard.press("Enter")
  await page.getByText("from the playground saved as a case").waitFor()
  await page.goto("/playground?case=from%20the%20playground")
  await expect
    .poll(() => page.getByRole("textbox", { name: "Items" }).inputValue())
    .toContain("Contact support to request a refund.")
})

test("a mask that the backend cannot apply is refused in words", async () => {
  await page.goto("/playground?backends=%5B%22left%22%5D&mask=custom&maskMatrix=%5B%5B1,0%5D,%5B1,1%5D%5D")
  await page.getByRole("button", { name: "fill in an example" }).click()
  await page.keyboard.press("Control+Enter")
  await page.getByText("mask-unsupported").last().waitFor()
  await page
    .getByText(/cannot apply the mask/)
    .first()
    .waitFor()
})
