import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import type { Adapter } from "@sglang-studio/core/adapter"
import { adapterLaws, runLaws } from "@sglang-studio/core/testing"
import { expect, test } from "vitest"

const here = import.meta.dirname

/** Runs the laws on a copy of this adapter in which one line is another. */
const lawsBrokenBy = async (line: string, other: string): Promise<readonly string[]> => {
  const copy = mkdtempSync(join(here, ".copy-"))
  try {
    for (const file of ["benchmark.js", "generate.js", "invalid.js", "model.js"])
      cpSync(join(here, file), join(copy, file))
    const source = readFileSync(join(here, "index.js"), "utf8")
    expect(source).toContain(line)
    writeFileSync(join(copy, "index.js"), source.replace(line, other))
    const { default: adapter } = (await import(join(copy, "index.js"))) as { readonly default: Adapter }
    const results = await runLaws(adapterLaws({ adapter }))
    return results.filter(({ status }) => status === "fail").map(({ name }) => name)
  } finally {
    rmSync(copy, { recursive: true, force: true })
  }
}

test.each([
  ['  yield { type: "started" }\n', "", "score: one started, then exactly one result, last"],
  [
    'operations: ["tokenize", "score", "generate", "benchmark"]',
    'operations: ["tokenize", "score", "generate", "benchmark", "metrics"]',
    "supports names the members that a backend has, and no others"
  ],
  ["tokens: words,", "tokens: [],", "score: trace columns are equally long and in order"],
  ["request.oneByOne ? scores : null", "null", "score: a row for each item, a column for each label, probabilities"],
  [
    'throw invalid("Echo needs labels as text.", \'Give at least one label, such as " yes".\')',
    'throw new TypeError("no labels")',
    "score: errors are AdapterErrors"
  ]
])("a copy with another %j breaks one law", async (line, other, law) => {
  expect(await lawsBrokenBy(line, other)).toEqual([law])
})
