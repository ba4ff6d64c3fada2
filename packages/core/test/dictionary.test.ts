import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { expect, test } from "vitest"
import { metricsPage } from "../../../scripts/metricsPage.ts"
import { definitionOf, dictionary, findingCodes } from "../src/domain/index.ts"

test("docs/metrics.md says what the definitions say; `npm run -s docs` writes it anew", () => {
  expect(readFileSync(fileURLToPath(new URL("../../../docs/metrics.md", import.meta.url)), "utf8")).toBe(metricsPage())
})

test("a word means one thing, and its name can be an address", () => {
  const names = dictionary().flatMap(({ entries }) => entries.map((entry) => entry.name))
  expect(names.filter((name, index) => names.indexOf(name) < index)).toEqual([])
  expect(names.filter((name) => !/^[a-z0-9_-]+$/.test(name))).toEqual([])
  expect(names).toEqual(expect.arrayContaining([...findingCodes]))
})

test("a figure of a comparison is found beside the metrics of a run, a strange name is not", () => {
  expect(definitionOf("ttft_ms.p95")?.label).toBe("TTFT")
  expect(definitionOf("kl_lower_bound")?.unit).toBe("nat")
  expect(definitionOf("my_thing")).toBeNull()
})
