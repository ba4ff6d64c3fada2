import { readFileSync } from "node:fs"
import { join } from "node:path"
import { mockAdapter, mockScenarios } from "@sglang-studio/adapter-mock"
import { expect, test } from "vitest"

const guide = readFileSync(join(import.meta.dirname, "../../../docs/mock.md"), "utf8")

test("the guide names every scenario with its own settings", () => {
  const rows = Object.values(mockScenarios).map(({ name, keys }) => {
    const own = Object.entries(keys).map(([key, value]) => `\`${key}=${value}\``)
    return { start: `| \`${name}\` |`, end: own.length === 0 ? "| |" : `| ${own.join(", ")} |` }
  })
  const lines = guide.split("\n")
  expect(rows.filter(({ start, end }) => !lines.some((line) => line.startsWith(start) && line.endsWith(end)))).toEqual(
    []
  )
})

test("the guide's defaults are those of the settings", async () => {
  const checked = await mockAdapter.config["~standard"].validate({})
  const defaults = checked.issues === undefined ? Object.entries(checked.value) : []
  const rows = defaults.map(([key, value]) => {
    const name = key.replace(/[A-Z]/gu, (letter) => `_${letter.toLowerCase()}`)
    return `| \`${name}\` | ${typeof value === "string" ? `\`${value}\`` : value} |`
  })
  expect(rows.length).toBeGreaterThan(8)
  expect(rows.filter((row) => !guide.includes(row))).toEqual([])
})

test("the guide names every entrypoint", () => {
  expect(mockAdapter.supports.entrypoints.filter((name) => !guide.includes(`\`${name}\``))).toEqual([])
})
