import * as fc from "fast-check"
import { describe, expect, test } from "vitest"
import { contextOf, nextLogits } from "./languageModel.ts"
import { type Logits, logprobOf, mapLogits, rankOf, softmax, tokenAt, topOf } from "./logits.ts"
import { bell, mix } from "./hash.ts"
import { vocabularySize } from "./vocabulary.ts"

const id = fc.integer({ min: 0, max: vocabularySize - 1 })
const prompt = fc.array(id, { minLength: 1, maxLength: 12 })
const temperature = fc.double({ min: 0.05, max: 3, noNaN: true })
/** Any distribution that the mock can come to: a context, scaled and disturbed. */
const logits = fc.tuple(prompt, temperature, fc.integer()).map(([ids, scale, salt]): Logits => {
  const {
    shifts,
    ids: candidates,
    values
  } = mapLogits(nextLogits(contextOf(ids)), (value, key) => value + 2 * bell(mix(salt, key)))
  return { temperature: scale, shifts, ids: candidates, values }
})
const vocabulary = Array.from({ length: vocabularySize }, (_, token) => token)

describe("a sparse distribution is the whole distribution", () => {
  test("its probabilities sum to 1", () => {
    fc.assert(
      fc.property(logits, (given) => {
        const distribution = softmax(given)
        const sum = vocabulary.reduce((total, token) => total + Math.exp(logprobOf(distribution, token)), 0)
        expect(sum).toBeCloseTo(1, 10)
      })
    )
  })

  test("its ranks and best tokens are those of a full sort", () => {
    fc.assert(
      fc.property(logits, id, fc.integer({ min: 0, max: 40 }), (given, token, k) => {
        const distribution = softmax(given)
        const ofToken = (each: number) => logprobOf(distribution, each)
        const sorted = vocabulary.map(ofToken).toSorted((a, b) => b - a)
        const best = topOf(distribution, k)
        expect(new Set(best).size).toBe(k)
        expect(best.map(ofToken)).toEqual(sorted.slice(0, k))
        // Two logits that differ in their last bit can come to one logprob; either may be the better one.
        const own = ofToken(token)
        const rank = rankOf(distribution, token)
        expect(rank).toBeGreaterThan(sorted.filter((logprob) => logprob > own).length)
        expect(rank).toBeLessThanOrEqual(sorted.filter((logprob) => logprob >= own).length)
      }),
      { numRuns: 50 }
    )
  })

  test("drawing covers the vocabulary: quantile 0 and the last quantile are tokens", () => {
    fc.assert(
      fc.property(logits, fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (given, quantile) => {
        const token = tokenAt(softmax(given), quantile)
        expect(token).toBeGreaterThanOrEqual(0)
        expect(token).toBeLessThan(vocabularySize)
      })
    )
  })
})

test("tokens are drawn as often as they are likely", () => {
  const distribution = softmax(nextLogits(contextOf([0, 300, 400])))
  const best = topOf(distribution, 1)[0] ?? 0
  const draws = Array.from({ length: 4000 }, (_, index) => tokenAt(distribution, (index + 0.5) / 4000))
  expect(draws.filter((token) => token === best).length / 4000).toBeCloseTo(Math.exp(logprobOf(distribution, best)), 2)
})
