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
    cpSync(join(here, "model.js"), join(copy, "model.js"))
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
    'operations: ["tokenize", "score"]',
    'operations: ["tokenize", "score", "generate"]',
    "supports names the members that a backend has, and no others"
  ],
  ["tokens: words,", "tokens: [],", "score: trace columns are equally long and in order"],
  ["request.oneByOne ? scores : null", "null", "score: a row for each item, a column for each label, probabilities"],
  [
    'new AdapterError({ reason: "invalid-request", message, hint })',
    "new TypeError(message + hint)",
    "score: errors are AdapterErrors"
  ]
])("a copy with another %j breaks one law", async (line, other, law) => {
  expect(await lawsBrokenBy(line, other)).toEqual([law])
})
