import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { gzipSync } from "node:zlib"
import { expect, test } from "vitest"

const dist = fileURLToPath(new URL("../dist", import.meta.url))
const files = readdirSync(dist, { recursive: true, encoding: "utf8" })
const code = files.filter((name) => /\.(js|css)$/.test(name))
const read = (name: string) => readFileSync(join(dist, name))

// One file of each kind: a chunk per screen made the whole a sixth larger, for nothing on the own machine.
test("the whole app is at most 120 KB gzipped, fonts aside", () => {
  expect(code.map((name) => name.replace(/.*\./, "")).toSorted()).toEqual(["css", "js"])
  const sizes = Object.fromEntries(code.map((name) => [name, gzipSync(read(name)).byteLength]))
  const total = Object.values(sizes).reduce((sum, size) => sum + size, 0)
  expect(total, JSON.stringify(sizes, null, 1)).toBeLessThanOrEqual(120_000)
})

test("nothing of Node, the store or Effect is in the bundle", () => {
  const strangers = code.flatMap((name) => {
    const text = read(name).toString()
    return ["node:", "kysely", "better-sqlite3", "effect/Schema", "~effect"]
      .filter((word) => text.includes(word))
      .map((word) => `${name}: ${word}`)
  })
  expect(strangers).toEqual([])
})

test("just the two latin fonts come along, and the page has nothing inline", () => {
  expect(files.filter((name) => name.endsWith(".woff2"))).toHaveLength(2)
  const page = read("index.html").toString()
  expect(page).not.toMatch(/<style|<script(?![^>]*\bsrc=)|\sstyle=|\son\w+=|https?:\/\//)
})
