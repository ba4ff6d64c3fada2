import { expect, test } from "vitest"
import { read } from "../codec/read.ts"
import { routes } from "./routes.ts"

const submit = (body: unknown) => read(routes.submitRun.input)(routes.submitRun.translate?.(body))
const compare = (body: unknown) => read(routes.compare.input)(routes.compare.translate?.(body))

test("a score as older scripts send it", () => {
  const body = {
    backend: "jax",
    mode: "score",
    score_input: { query: "q", items: [" a"], label_token_ids: [5, 6], apply_softmax: true, item_first: true },
    mask_config: { preset: "causal" },
    tolerance: { abs_epsilon: 0.01 },
    repro_metadata: { commit: "abc", nested: { n: 1 } },
    tags: ["nightly"]
  }
  expect(submit(body)).toEqual({
    kind: "value",
    value: {
      backend: "jax",
      request: {
        score: {
          query: "q",
          items: [" a"],
          labels: null,
          labelTokenIds: [5, 6],
          applySoftmax: true,
          itemFirst: true,
          oneByOne: false,
          mask: { preset: "causal", matrix: null }
        }
      },
      tags: ["nightly", "tolerance.abs_epsilon=0.01", "repro.commit=abc", 'repro.nested={"n":1}']
    }
  })
})

test("a benchmark as older scripts send it", () => {
  expect(submit({ backend: "jax", mode: "benchmark" })).toEqual({
    kind: "value",
    value: { backend: "jax", request: { benchmark: { entrypoint: "serving", set: {} } }, tags: [] }
  })
})

test("an older spelling is read as strictly as ours", () => {
  const refused = (result: ReturnType<typeof submit>) => (result.kind === "refused" ? result.issues : [])
  expect(refused(submit({ backend: "jax", mode: "chat" }))).toEqual([
    { path: "request.chat", message: "unknown field" }
  ])
  expect(refused(submit({ backend: "jax", mode: "score", colour: "red" }))).toContainEqual({
    path: "colour",
    message: "unknown field"
  })
  expect(refused(submit({ backend: "jax", mode: "score", score_input: { query: "q", items: [] } }))).toContainEqual({
    path: "request.score.items",
    message: "at least one item is needed"
  })
  expect(refused(submit({ backend: "jax", mode: "score", request: {} }))).toContainEqual({
    path: "mode",
    message: "unknown field"
  })
})

test("left and right are the arms of a comparison", () => {
  expect(compare({ left_run_id: "a", right_run_id: "b" })).toEqual({ kind: "value", value: { runIds: ["a", "b"] } })
  expect(compare({ left_run_id: "a" })).toMatchObject({ kind: "refused", issues: [{ path: "run_ids.1" }] })
})

test("what is no object is left for the reader to refuse", () => {
  for (const body of [null, [], "x", 1]) expect(submit(body).kind).toBe("refused")
})
