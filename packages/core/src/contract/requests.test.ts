import { expect, test } from "vitest"
import { read } from "../codec/read.ts"
import { routes } from "./routes.ts"

test("an operation that takes nothing says so", () => {
  const nothing = read(routes.cancelRun.input)
  expect(nothing({})).toEqual({ kind: "value", value: {} })
  expect(nothing({ force: true })).toEqual({ kind: "refused", issues: [{ path: "force", message: "unknown field" }] })
  expect(nothing([]).kind).toBe("refused")
  expect(nothing(null).kind).toBe("refused")
})

test("a list is asked for in words and numbers, and nothing else", () => {
  const query = read(routes.listRuns.input)
  expect(query({ limit: "20", archived: "false", q: "a b" })).toEqual({
    kind: "value",
    value: { limit: 20, archived: false, q: "a b" }
  })
  for (const limit of ["0", "501", "1.5", "-1", "x", ""]) expect(query({ limit }).kind, limit).toBe("refused")
  expect(query({ archived: "yes" }).kind).toBe("refused")
  expect(query({ lmit: "20" })).toMatchObject({ issues: [{ path: "lmit", message: "unknown field" }] })
})

test("a backend is added with its adapter's own settings beside it", () => {
  const backend = read(routes.addBackend.input)
  const settings = { name: "a", adapter: "mock", scenario: "clean", seed: 1, launch: { args: { dtype: "float32" } } }
  expect(backend(settings)).toEqual({ kind: "value", value: settings })
  expect(backend({ adapter: "mock" })).toMatchObject({ kind: "refused" })
  expect(backend({ name: "a", adapter: "mock", adapter_mode: "best" })).toMatchObject({ kind: "refused" })
})

test("a comparison names arms or runs, two at least", () => {
  const compare = read(routes.compare.input)
  expect(compare({ run_ids: ["a", "b"] }).kind).toBe("value")
  expect(
    compare({
      arms: [
        { label: "x", run_ids: ["a"] },
        { label: "y", run_ids: ["b"] }
      ]
    }).kind
  ).toBe("value")
  for (const body of [
    {},
    { run_ids: ["a"] },
    { run_ids: ["a", "b"], arms: [] },
    { arms: [{ label: "x", run_ids: [] }] }
  ])
    expect(compare(body).kind).toBe("refused")
})
