import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"
import { readResultFile } from "../src/bench/resultFile.ts"
import { testContext } from "../src/testing/index.ts"

test("a result file is read by lines; one that was never written has none", async () => {
  await using lent = testContext()
  const path = join(lent.context.workDir, "r.jsonl")
  expect(await readResultFile(path, lent.context)).toEqual([])
  writeFileSync(path, '{"a": 1}\n\n{"b": 2}\n')
  expect(await readResultFile(path, lent.context)).toEqual([
    { text: '{"a": 1}', where: "Line 1 of result.jsonl" },
    { text: '{"b": 2}', where: "Line 3 of result.jsonl" }
  ])
})

test("one that is too large is kept, and the error names its size and the limit", async () => {
  await using lent = testContext()
  const path = join(lent.context.workDir, "r.jsonl")
  const text = `{"a": "${"x".repeat(1024 * 1024)}"}\n`
  writeFileSync(path, text)
  await expect(readResultFile(path, lent.context, 1024 * 1024)).rejects.toMatchObject({
    reason: "protocol",
    message: "result.jsonl has 2 MiB; up to 1 MiB can be read.",
    hint: expect.stringContaining("It is kept as an artifact")
  })
  expect(lent.artifacts.get("result.jsonl")).toBe(text)
})
