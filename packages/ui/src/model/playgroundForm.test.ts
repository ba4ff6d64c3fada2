import * as fc from "fast-check"
import { expect, test } from "vitest"
import { benchmarkSuite } from "./benchmarkSuite.ts"
import { formFromQuery, formToQuery } from "./playgroundAddress.ts"
import { emptyForm, readForm, readItems, type PlaygroundForm } from "./playgroundForm.ts"

const full: PlaygroundForm = {
  ...emptyForm,
  backends: ["a", "b"],
  query: "Q",
  items: "x\n\ny\n",
  labels: [" yes", " no"]
}

test("a complete form is one score request, blank lines left out", () => {
  expect(readForm(full)).toMatchObject({
    ok: true,
    value: { score: { query: "Q", items: ["x", "y"], labels: [" yes", " no"], labelTokenIds: null, oneByOne: true } }
  })
})

test("a benchmark has its flags one a line, typed as they look", () => {
  const flags = "num-prompts=64\n\n--disable-stream\ndataset-name=random-ids"
  const read = readForm({ ...full, mode: "benchmark", entrypoint: "load", flags })
  const set = { "num-prompts": 64, "disable-stream": true, "dataset-name": "random-ids" }
  expect(read).toEqual({ ok: true, value: { benchmark: { entrypoint: "load", set } } })
})

test("a benchmark becomes a suite that repeats it", () => {
  const set = { "num-prompts": 64, "dataset-name": "a: ${b}" }
  expect(benchmarkSuite({ entrypoint: "load", set })).toMatchInlineSnapshot(`
    "suite: load
    cases:
      - name: load
        benchmark: load
        set:
          num-prompts: 64
          dataset-name: "a: $\${b}"
    repeats: 5
    warmup: 1
    "
  `)
})

test("labels written as ids are sent as ids, a mixture is refused", () => {
  expect(readForm({ ...full, labels: ["#7", "#9"] })).toMatchObject({
    ok: true,
    value: { score: { labels: null, labelTokenIds: [7, 9] } }
  })
  expect(readForm({ ...full, labels: ["#7", " no"] })).toMatchObject({ ok: false })
})

test.each([
  [{ backends: [] }, "backend"],
  [{ query: "" }, "query"],
  [{ items: " \n" }, "item"],
  [{ labels: [] }, "label"],
  [{ mode: "generate", prompt: "" }, "prompt"],
  [{ mode: "generate", prompt: "x", maxNewTokens: "0" }, "New tokens"],
  [{ mode: "generate", prompt: "x", temperature: "-1" }, "Temperature"],
  [{ mode: "benchmark", flags: "num-prompts=4\n=5" }, "=5"],
  [{ mode: "benchmark", flags: "num-prompts=4\nnum-prompts=5" }, "num-prompts is there twice"]
] as const)("%j is refused by name", (change, word) => {
  const read = readForm({ ...full, ...change })
  expect(read.ok ? "" : read.problem).toContain(word)
})

test("items as JSON are texts or token ids, anything else is refused by its number", () => {
  expect(readItems('["a", [1, 2]]', "json")).toEqual({ ok: true, value: ["a", [1, 2]] })
  expect(readItems('["a", {}]', "json")).toMatchObject({ ok: false, problem: expect.stringContaining("Item 2") })
  expect(readItems("[", "json")).toMatchObject({ ok: false })
})

test("a form survives its address", () => {
  const word = fc.string({ maxLength: 30 })
  fc.assert(
    fc.property(
      fc.record({
        query: word,
        items: word,
        prompt: word,
        labels: fc.array(word),
        backends: fc.array(word),
        softmax: fc.boolean(),
        itemFirst: fc.boolean(),
        oneByOne: fc.boolean()
      }),
      (change) => {
        const form: PlaygroundForm = { ...emptyForm, ...change }
        const given = Object.entries(formToQuery(form)).flatMap(([key, value]): [string, string][] =>
          value === null ? [] : [[key, value]]
        )
        expect(formFromQuery(new URLSearchParams(given))).toEqual(form)
      }
    )
  )
})
