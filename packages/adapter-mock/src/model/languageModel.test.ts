import { describe, expect, test } from "vitest"
import { bestTwo, contextOf, nextLogits } from "./languageModel.ts"
import { logprobOf, softmax, topOf } from "./logits.ts"
import { tokenize, vocabularySize } from "./vocabulary.ts"

const positions = Array.from({ length: 400 }, (_, index) => contextOf([0, 260 + index, 700 - index, 261 + (index % 7)]))
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

describe("the mock's language", () => {
  const distributions = positions.map((context) => softmax(nextLogits(context)))
  const probabilities = (index: number) =>
    Array.from({ length: vocabularySize }, (_, id) =>
      Math.exp(logprobOf(distributions[index] ?? softmax(nextLogits(contextOf([]))), id))
    )

  test("has a peaked head and a long tail, like a real one", () => {
    const entropies = [0, 50, 100, 150, 200].map(
      (index) => -mean(probabilities(index).map((p) => p * Math.log(p))) * vocabularySize
    )
    expect(mean(entropies)).toBeGreaterThan(1.5)
    expect(mean(entropies)).toBeLessThan(4.5)
    const best = distributions.map((one) => Math.exp(logprobOf(one, topOf(one, 1)[0] ?? 0)))
    expect(mean(best)).toBeGreaterThan(0.3)
    expect(mean(best)).toBeLessThan(0.7)
  })

  test("has near ties, as real models do", () => {
    const gaps = positions.map((context) => {
      const { values } = nextLogits(context)
      const [best, second] = bestTwo(values)
      return (values[best] ?? 0) - (values[second] ?? 0)
    })
    const ties = gaps.filter((gap) => gap < 0.006).length
    expect(ties / gaps.length).toBeGreaterThan(0.02)
    expect(ties / gaps.length).toBeLessThan(0.1)
    expect(gaps.every((gap) => gap >= 0)).toBe(true)
  })

  test("lets a label depend on the whole prompt", () => {
    const [yes = 0] = tokenize(" yes")
    const early = contextOf([0, 300, 400, 500, 600])
    const other = contextOf([0, 301, 400, 500, 600])
    expect(logprobOf(softmax(nextLogits(early)), yes)).not.toBe(logprobOf(softmax(nextLogits(other)), yes))
  })
})
