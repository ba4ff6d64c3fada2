import { hashText, mix, unit } from "./hash.ts"
import { pieceIds, tokenTexts, vocabularySize } from "./vocabulary.ts"

/** How often a token comes up whatever went before: Zipf's law over the vocabulary's order. */
export const unigram: Float64Array = Float64Array.from(tokenTexts, (_, id) =>
  id < pieceIds.from ? (id < 2 ? -25 : -11 - (id % 16) / 16) : 0.5 - Math.log(id - pieceIds.from + 3)
)

/** Every token belongs to one topic; a context favours some topics and not others. */
export const topicCount = 32
export const topicOf: Int32Array = Int32Array.from(tokenTexts, (text, id) =>
  Math.floor(unit(mix(hashText(text), id)) * topicCount)
)

/** Unigram logits of the tokens of each topic, best first, with their ids. */
export const topics: readonly { readonly ids: Int32Array; readonly logits: Float64Array }[] = Array.from(
  { length: topicCount },
  (_, topic) => {
    const ids = Int32Array.from({ length: vocabularySize }, (__, id) => id)
      .filter((id) => topicOf[id] === topic)
      .sort((a, b) => (unigram[b] ?? 0) - (unigram[a] ?? 0) || a - b)
    return { ids, logits: Float64Array.from(ids, (id) => unigram[id] ?? 0) }
  }
)

interface Mass {
  readonly perToken: Float64Array
  readonly perTopic: Float64Array
}

const masses = new Map<number, Mass>()

/** exp(unigram / temperature) of every token and its sum over every topic; computed once for each temperature. */
export const massAt = (temperature: number): Mass => {
  const known = masses.get(temperature)
  if (known !== undefined) return known
  const perToken = unigram.map((logit) => Math.exp(logit / temperature))
  const perTopic = new Float64Array(topicCount)
  for (const [id, mass] of perToken.entries()) {
    const topic = topicOf[id] ?? 0
    perTopic[topic] = (perTopic[topic] ?? 0) + mass
  }
  const mass = { perToken, perTopic }
  masses.set(temperature, mass)
  return mass
}
