import { expect, it } from "vitest"
import { makeOutputLines } from "./outputLines.ts"

const push = (lines: ReturnType<typeof makeOutputLines>, text: string) =>
  lines.push("stdout", new TextEncoder().encode(text))
const all = async (lines: ReturnType<typeof makeOutputLines>) => {
  lines.end()
  const read: string[] = []
  for await (const { line } of lines.iterable) read.push(line)
  return read
}

it("keeps the newest lines when nobody reads", async () => {
  const lines = makeOutputLines(3)
  push(lines, "1\n2\n3\n4\n5")
  expect(await all(lines)).toEqual(["3", "4", "5"])
})

it("cuts an endless line into pieces, and keeps no more of them than fit", async () => {
  const lines = makeOutputLines(10_000)
  const chunk = "x".repeat(600_000)
  for (let count = 0; count < 100; count++) push(lines, chunk)
  push(lines, "\nlast\n")
  const read = await all(lines)
  const kept = read.reduce((sum, { length }) => sum + length, 0)
  expect(kept).toBeLessThanOrEqual(16 * 1024 * 1024)
  expect(kept).toBeGreaterThan(14 * 1024 * 1024)
  expect(read.at(-1)).toBe("last")
})
