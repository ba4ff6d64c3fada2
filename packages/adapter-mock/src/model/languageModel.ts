import { bell, mix, unit } from "./hash.ts"
import type { Logits } from "./logits.ts"
import { topicCount, unigram } from "./unigram.ts"
import { bos, pieceIds } from "./vocabulary.ts"

/** What the model knows of the tokens before a position: all of them as one hash, and the last two. */
export interface Context {
  readonly hash: number
  readonly last: number
  readonly beforeLast: number
}

export const emptyContext: Context = { hash: 0x5eed, last: bos, beforeLast: bos }

export const extend = (context: Context, id: number): Context => ({
  hash: mix(context.hash, id),
  last: id,
  beforeLast: context.last
})

export const contextOf = (ids: readonly number[]): Context => ids.reduce(extend, emptyContext)

/** Common tokens are candidates in every context, so that labels such as " yes" always depend on all of the prompt. */
const commonCount = 127
const rareFrom = pieceIds.from + commonCount
const largestPrimeUpTo = (limit: number): number => {
  for (let number = limit; ; number--) {
    let divisor = 2
    while (divisor * divisor <= number && number % divisor !== 0) divisor++
    if (divisor * divisor > number) return number
  }
}
const rareCount = largestPrimeUpTo(pieceIds.wordsEnd - rareFrom)
const rareInHead = 64
const commonInHead = 16
const candidateCount = commonCount + rareInHead

/**
 * The logits of the token after a context. The last two tokens choose which tokens make up the peaked head; the whole
 * context moves every logit. One context in 24 has two best tokens that are nearly tied, as real models do.
 */
export const nextLogits = (context: Context): Logits => {
  const local = mix(mix(0x10ca1, context.beforeLast), context.last)
  const ids = new Int32Array(candidateCount)
  const values = new Float64Array(candidateCount)
  for (let index = 0; index < commonCount; index++) {
    const id = pieceIds.from + index
    ids[index] = id
    values[index] = (unigram[id] ?? 0) + 2 * bell(mix(context.hash, id))
  }

  const peak = 3.9 + 1.6 * bell(mix(local, 1))
  const head = (rank: number, id: number): number => peak - 2 * Math.log(1 + rank) + 0.8 * bell(mix(context.hash, id))
  const rareFirst = mix(local, 2) & 1
  // A prime stride visits every token once, so no candidate comes twice.
  const common = stride(commonCount, mix(local, 3))
  const rare = stride(rareCount, mix(local, 4))
  for (let step = 0; step < commonInHead; step++) {
    const index = common(step)
    values[index] = head(2 * step + rareFirst, pieceIds.from + index)
  }
  for (let step = 0; step < rareInHead; step++) {
    const id = rareFrom + rare(step)
    ids[commonCount + step] = id
    values[commonCount + step] = head(step < commonInHead ? 2 * step + 1 - rareFirst : commonInHead + step, id)
  }

  if (mix(context.hash, 5) % 24 === 0) tieBestTwo(values, 0.006 * unit(mix(context.hash, 6)))
  const shifts = new Float64Array(topicCount)
  for (let topic = 0; topic < topicCount; topic++) shifts[topic] = bell(mix(context.hash, -1 - topic))
  return { temperature: 1, shifts, ids, values }
}

const stride = (prime: number, hash: number): ((step: number) => number) => {
  const start = (hash >>> 0) % prime
  const width = 1 + ((mix(hash, 7) >>> 0) % (prime - 1))
  return (step) => (start + step * width) % prime
}

const tieBestTwo = (values: Float64Array, gap: number): void => {
  const [best, second] = bestTwo(values)
  values[second] = (values[best] ?? 0) - gap
}

/** Indices of the two largest values. */
export const bestTwo = (values: Float64Array): readonly [number, number] => {
  let best = 0
  let second = -1
  for (let index = 1; index < values.length; index++) {
    const value = values[index] ?? 0
    if (value > (values[best] ?? 0)) [best, second] = [index, best]
    else if (second < 0 || value > (values[second] ?? 0)) second = index
  }
  return [best, second]
}
