import { expect, test } from "vitest"
import { makeServerLog } from "./ServerLog.ts"

test("each run takes its part, under the command", () => {
  const log = makeServerLog()
  for (const line of ["$ serve", "loading", "ready"]) log.add(line)
  expect(log.since(0)).toBe("$ serve\nloading\nready\n")
  const mark = log.mark()
  log.add("one request")
  expect(log.since(mark)).toBe("$ serve\n…\none request\n")
})

test("an endless log is cut at its old end, and says so", () => {
  const log = makeServerLog(30)
  for (const line of ["$ serve", "0123456789", "abcdefghij", "klmnopqrst"]) log.add(line)
  expect(log.since(0)).toBe("$ serve\n… 2 lines were dropped\nabcdefghij\nklmnopqrst\n")
  expect(log.since(3)).toBe("$ serve\n…\nklmnopqrst\n")
})
