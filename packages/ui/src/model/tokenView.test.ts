import { signal } from "@preact/signals"
import { expect, test } from "vitest"
import { createTokenView } from "./tokenView.ts"
import type { TracePages } from "./tracePages.ts"

const pages = (ids: readonly number[], logprobs: readonly (number | null)[], promptLength = 3): TracePages => ({
  runId: "r",
  header: { case: "prompt", promptLength, length: ids.length, semantics: "raw" },
  version: signal(0),
  problem: signal(null),
  vocabulary: new Map(),
  ensure: () => Promise.resolve(),
  ensureTop: () => Promise.resolve(),
  loadedPages: () => 1,
  row: (position) =>
    position < 0 || position >= ids.length
      ? null
      : {
          id: ids[position] ?? 0,
          token: null,
          logprob: logprobs[position] ?? null,
          rank: null,
          topIds: [],
          topLogprobs: []
        }
})

test("a row is over when its difference is larger than the tolerance, or when the tokens differ", () => {
  const view = createTokenView(
    [pages([0, 1, 2, 3], [null, -1, -2, -3]), pages([0, 1, 2, 9], [null, -1.005, -2.5, -3])],
    0.01
  )
  expect([0, 1, 2, 3].map((position) => view.row(position)?.over)).toEqual([false, false, true, true])
  expect(view.row(2)?.delta).toBeCloseTo(-0.5)
  expect(view.row(3)?.delta).toBeNull()
})

test("next and previous stop at rows over tolerance and nowhere else", async () => {
  const view = createTokenView(
    [pages([0, 1, 2, 3], [null, -1, -2, -3]), pages([0, 1, 2, 3], [null, -1.5, -2, -3.5])],
    0.01
  )
  expect(await view.find(1, 1, 0, 4)).toBe(3)
  expect(await view.find(3, -1, 0, 4)).toBe(1)
  expect(await view.find(3, 1, 0, 4)).toBeNull()
  expect(await view.find(1, 1, 0, 3)).toBeNull()
})

test("a trace alone is judged by its surprise", () => {
  const view = createTokenView([pages([0, 1, 2], [null, -0.1, -13])], null)
  expect([0, 1, 2].map((position) => view.row(position)?.over)).toEqual([false, false, true])
  expect(view.worst(0, 3)).toBe(2)
})

test("sides that differ by a leading token are laid on each other", () => {
  const view = createTokenView(
    [pages([0, 1, 2, 3], [null, -5, -2, -3], 4), pages([1, 2, 3], [null, -2.5, -3], 3)],
    0.01
  )
  expect(view.shift()).toBe(-1)
  expect([0, 1, 2, 3].map((position) => view.row(position)?.delta ?? null)).toEqual([null, null, -0.5, 0])
  expect([0, 1, 2, 3].map((position) => view.row(position)?.over)).toEqual([false, false, true, false])
})

test("sides with other ids are not", () => {
  expect(createTokenView([pages([0, 1, 2, 3], [], 4), pages([7, 8, 9], [], 3)], 0.01).shift()).toBe(0)
})
