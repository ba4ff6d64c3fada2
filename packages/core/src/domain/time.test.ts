import { expect, test } from "vitest"
import { isTime } from "./time.ts"

test.each(["2026-01-31", "2024-02-29", "2026-01-31T12:00:00Z", "2026-01-31 23:59:59.999+05:30", "2026-01-31T12:00"])(
  "%s is a time",
  (text) => expect(isTime(text)).toBe(true)
)

test.each(["yesterday", "24h", "", "2026", "2026-13-99", "2026-02-29", "2026-01-31T25:00:00Z", "Jan 31 2026"])(
  "%j is none",
  (text) => expect(isTime(text)).toBe(false)
)
