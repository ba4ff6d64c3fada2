import * as fc from "fast-check"
import { describe, expect, test } from "vitest"
import type { CaseSpec } from "../domain/parityCase.ts"
import { readCaseLines, writeCaseLines } from "./caseLines.ts"

const text = fc.string({ minLength: 1 })
const ids = fc.array(fc.nat(100_000), { minLength: 1, maxLength: 5 })
const labels = fc.oneof(
  fc.record({ labels: fc.array(text, { minLength: 1 }), labelTokenIds: fc.constant(null) }),
  fc.record({ labels: fc.constant(null), labelTokenIds: ids })
)
const score = fc
  .tuple(
    fc.record({
      query: fc.oneof(fc.string(), ids),
      items: fc.array(fc.oneof(text, ids), { minLength: 1, maxLength: 4 }),
      applySoftmax: fc.boolean(),
      itemFirst: fc.boolean()
    }),
    labels
  )
  .map(([rest, either]) => ({ ...rest, ...either }))
const input = fc.oneof(fc.record({ prompt: text }), fc.record({ inputIds: ids }), fc.record({ score }))
const rest = fc.record({
  name: text,
  tolerance: fc.oneof(fc.constant(null), fc.double({ min: 1e-9, max: 1e3, noNaN: true })),
  tags: fc.array(fc.string())
})
const cases = fc.uniqueArray(
  fc.tuple(input, rest).map(([asked, others]): CaseSpec => ({ ...asked, ...others })),
  { selector: ({ name }) => name }
)

test("what was written is read again, and written again as the same bytes", () => {
  fc.assert(
    fc.property(cases, (written) => {
      const lines = writeCaseLines(written)
      expect(readCaseLines(lines)).toEqual({ cases: written, problems: [] })
      expect(writeCaseLines(readCaseLines(lines).cases)).toBe(lines)
    })
  )
})

test("the mark of UTF-8 at the beginning is no part of the first line", () => {
  expect(readCaseLines('\uFEFF{"name":"n","prompt":"p"}')).toMatchObject({ cases: [{ name: "n" }], problems: [] })
})

test("keys stand in one order, whatever order they came in", () => {
  const line = '{"tags":["x"],"score":{"labels":[" yes"],"items":["a"],"query":"q"},"name":"n","tolerance":0.1}'
  expect(writeCaseLines(readCaseLines(line).cases)).toBe(
    '{"name":"n","score":{"query":"q","items":["a"],"labels":[" yes"]},"tolerance":0.1,"tags":["x"]}\n'
  )
})

describe("a line that cannot be read is told with its number and field", () => {
  test.each([
    ["{", "this is not valid JSON"],
    ["[]", "Expected object"],
    ['{"prompt":"p"}', "name missing"],
    ['{"name":"n"}', "give exactly one of prompt, input_ids and score"],
    ['{"name":"n","prompt":"p","input_ids":[1]}', "give exactly one of prompt, input_ids and score"],
    ['{"name":"n","prompt":""}', "prompt the prompt is empty"],
    ['{"name":"n","promt":"p"}', "promt unknown field"],
    ['{"name":"n","score":{"query":"q","items":[],"labels":[" yes"]}}', "score.items at least one item is needed"],
    ['{"name":"a\\nb","prompt":"p"}', "name a name is needed, without a line break or other control character"],
    ['{"name":"n","score":{"query":"q","items":["a"]}}', "score give either labels or label_token_ids"],
    ['{"name":"n","prompt":"p","tolerance":-1}', "tolerance "]
  ])("%s", (line, expected) => {
    const { problems } = readCaseLines(`{"name":"fine","prompt":"p"}\n\n${line}\n`)
    expect(problems[0]?.line).toBe(3)
    expect(problems.map(({ field, message }) => `${field} ${message}`.trim()).join("; ")).toContain(expected)
  })

  test("a name that is taken", () => {
    const line = '{"name":"n","prompt":"p"}'
    expect(readCaseLines(`${line}\n${line}\n`).problems).toEqual([
      { line: 2, field: "name", message: '"n" is the name of line 1 too' }
    ])
  })
})
