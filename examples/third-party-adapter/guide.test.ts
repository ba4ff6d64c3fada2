import { readFileSync } from "node:fs"
import { join } from "node:path"
import { adapterErrorReasons } from "@sglang-studio/core/adapter"
import { adapterLaws } from "@sglang-studio/core/testing"
import { expect, test } from "vitest"
import echo from "./index.js"

const read = (path: string): string => readFileSync(join(import.meta.dirname, path), "utf8")
const guide = read("../../docs/write-an-adapter.md")
const sources = ["index.js", "recipes.js", "laws.test.ts"].map(read)

test("the guide's code is this adapter's", () => {
  const blocks = Array.from(
    guide.matchAll(/^```js\n(?<code>[\s\S]*?)\n```$/gmu),
    ({ groups }) => groups?.["code"] ?? ""
  )
  expect(blocks.length).toBeGreaterThan(8)
  expect(blocks.filter((block) => !sources.some((source) => source.includes(block)))).toEqual([])
})

test("the guide's table of laws is the kit's", () => {
  const rows = guide.slice(guide.indexOf("| law |")).matchAll(/^\| (?<law>.+?) \| .+ \|$/gmu)
  const written = Array.from(rows, ({ groups }) => groups?.["law"] ?? "").slice(1)
  const kinds = adapterLaws({ adapter: echo }).map(({ name }) => name)
  const covers = (law: string, name: string) =>
    law === name || law === name.replace(/^(?:score|generate|benchmark):/u, "*operation*:")
  expect(kinds.filter((name) => !written.some((law) => covers(law, name)))).toEqual([])
  expect(written.filter((law) => !kinds.some((name) => covers(law, name)))).toEqual([])
})

test("the guide names every reason of an error", () => {
  expect(adapterErrorReasons.filter((reason) => !guide.includes(`| \`${reason}\` |`))).toEqual([])
})
