import { expect, test } from "vitest"
import { filterText, readFilter } from "./runFilter.ts"

test("typed tokens become fields, the rest a search", () => {
  expect(readFilter("backend:jax status:failed  refund policy")).toEqual({
    backend: "jax",
    status: "failed",
    q: "refund policy"
  })
  expect(readFilter("http://x tag: since:2026-01-01T00:00:00Z")).toEqual({
    since: "2026-01-01T00:00:00Z",
    q: "http://x tag:"
  })
})

test("a filter survives its text", () => {
  const filter = { backend: "jax", provenance: "mock", q: "two words" }
  expect(readFilter(filterText(filter))).toEqual(filter)
})
