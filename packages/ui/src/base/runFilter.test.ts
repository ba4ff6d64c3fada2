import { expect, test } from "vitest"
import { filterQuery, filterText, readFilter } from "./runFilter.ts"

test("typed tokens become fields, the rest a search", () => {
  expect(readFilter("backend:jax status:failed  refund policy")).toEqual({
    backend: "jax",
    status: "failed",
    q: "refund policy"
  })
  expect(readFilter("http://x tag: since:2026-01-01T00:00:00Z")).toEqual({
    since: "2026-01-01T00:00:00Z",
    q: "http://x"
  })
  expect(readFilter("tag words")).toEqual({ q: "tag words" })
})

test("a filter survives its text", () => {
  const filter = { backend: "jax", provenance: "mock", q: "two words" }
  expect(readFilter(filterText(filter))).toEqual(filter)
})

test("a span of time is counted from now, a time is taken as it is", () => {
  const now = Date.parse("2026-01-02T00:00:00Z")
  expect(filterQuery({ since: "24h", kind: "score" }, now)).toEqual({
    since: "2026-01-01T00:00:00.000Z",
    kind: "score"
  })
  expect(filterQuery({ since: "2026-01-01", archived: "true" }, now)).toEqual({ since: "2026-01-01", archived: true })
})
