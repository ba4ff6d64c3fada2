import { massAt, topicCount, topicOf, topics, unigram } from "./unigram.ts"
import { vocabularySize } from "./vocabulary.ts"

/**
 * The next-token distribution before softmax, over the whole vocabulary but sparse: the logit of a candidate is spelt
 * out, that of any other token is its unigram logit plus the shift of its topic. Softmax is exact all the same, since
 * the mass of every topic is known beforehand.
 */
export interface Logits {
  /** Divides every logit; 1 unless something scales them. */
  readonly temperature: number
  /** One shift per topic. */
  readonly shifts: Float64Array
  /** Candidates; no id comes twice. */
  readonly ids: Int32Array
  /** Logits of the candidates. */
  readonly values: Float64Array
}

/** Changes every logit that is spelt out. `key` is the id of a candidate, or -1 - topic. */
export const mapLogits = (logits: Logits, change: (value: number, key: number) => number): Logits => {
  // Loops: `map` of a typed array takes four times as long, and this is most of what a prediction costs.
  const shifts = new Float64Array(topicCount)
  for (let topic = 0; topic < topicCount; topic++) shifts[topic] = change(at(logits.shifts, topic), -1 - topic)
  const values = new Float64Array(logits.values.length)
  for (let index = 0; index < values.length; index++)
    values[index] = change(at(logits.values, index), at(logits.ids, index))
  return { ...logits, shifts, values }
}

/** Logits with their normaliser: natural-log probabilities that sum to 1 over the vocabulary. */
export interface Distribution {
  readonly logits: Logits
  readonly logNormalizer: number
}

export const softmax = (logits: Logits): Distribution => {
  const { temperature, shifts, ids, values } = logits
  // The head's boost is always larger than any shift, so every exponent below is at most 0.
  let largest = -Infinity
  for (const value of values) largest = Math.max(largest, value)
  const mass = massAt(temperature)
  const scale = new Float64Array(topicCount)
  let sum = 0
  for (let topic = 0; topic < topicCount; topic++) {
    scale[topic] = Math.exp((at(shifts, topic) - largest) / temperature)
    sum += at(scale, topic) * at(mass.perTopic, topic)
  }
  for (let index = 0; index < ids.length; index++) {
    const id = at(ids, index)
    sum -= at(scale, at(topicOf, id)) * at(mass.perToken, id)
    sum += Math.exp((at(values, index) - largest) / temperature)
  }
  return { logits, logNormalizer: Math.log(sum) + largest / temperature }
}

/** ln p of a token. */
export const logprobOf = ({ logits, logNormalizer }: Distribution, id: number): number =>
  logitOf(logits, id) / logits.temperature - logNormalizer

/** 1 + the number of tokens that are more likely. */
export const rankOf = ({ logits }: Distribution, id: number): number => {
  const { shifts, ids, values } = logits
  const own = logitOf(logits, id)
  let above = 0
  for (let topic = 0; topic < topicCount; topic++) above += countAbove(topic, at(shifts, topic), own)
  for (let index = 0; index < ids.length; index++) {
    const candidate = at(ids, index)
    // A candidate was counted above by its unigram logit; what holds is the logit that is spelt out.
    if (at(unigram, candidate) + at(shifts, at(topicOf, candidate)) > own) above -= 1
    if (at(values, index) > own) above += 1
  }
  return 1 + above
}

/** Ids of the k most likely tokens, best first, equal ones by id. */
export const topOf = ({ logits }: Distribution, k: number): number[] => {
  const { shifts, ids, values } = logits
  const best = new Best(k)
  for (let index = 0; index < ids.length; index++) best.offer(at(ids, index), at(values, index))
  for (const [topic, members] of topics.entries()) {
    for (let index = 0; index < members.ids.length; index++) {
      const id = at(members.ids, index)
      const logit = at(members.logits, index) + at(shifts, topic)
      if (logit < best.least) break
      if (ids.indexOf(id) < 0) best.offer(id, logit)
    }
  }
  return best.ids
}

/** The token at which the cumulative probability passes `quantile`, which lies in [0, 1). */
export const tokenAt = (distribution: Distribution, quantile: number): number => {
  const { ids } = distribution.logits
  let left = quantile
  let token = at(ids, 0)
  const passes = (id: number): boolean => {
    token = id
    left -= Math.exp(logprobOf(distribution, id))
    return left < 0
  }
  for (const id of ids) if (passes(id)) return token
  for (let id = 0; id < vocabularySize; id++) if (ids.indexOf(id) < 0 && passes(id)) return token
  return token
}

const logitOf = (logits: Logits, id: number): number => {
  const candidate = logits.ids.indexOf(id)
  return candidate >= 0 ? at(logits.values, candidate) : at(unigram, id) + at(logits.shifts, at(topicOf, id))
}

/** The k best offers, kept in order by insertion: k is small. */
class Best {
  readonly ids: number[] = []
  readonly #logits: number[] = []
  readonly #k: number

  constructor(k: number) {
    this.#k = k
  }

  get least(): number {
    return this.ids.length < this.#k ? -Infinity : (this.#logits.at(-1) ?? Infinity)
  }

  offer(id: number, logit: number): void {
    if (logit < this.least) return
    let place = this.ids.length
    while (place > 0 && this.#isBetter(id, logit, place - 1)) place -= 1
    this.ids.splice(place, 0, id)
    this.#logits.splice(place, 0, logit)
    if (this.ids.length > this.#k) {
      this.ids.pop()
      this.#logits.pop()
    }
  }

  #isBetter(id: number, logit: number, place: number): boolean {
    const other = this.#logits[place] ?? NaN
    return logit > other || (logit === other && id < (this.ids[place] ?? 0))
  }
}

/** How many tokens of a topic have a shifted unigram logit above the threshold. */
const countAbove = (topic: number, shift: number, threshold: number): number => {
  const sorted = topics[topic]?.logits ?? new Float64Array()
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (at(sorted, middle) + shift > threshold) low = middle + 1
    else high = middle
  }
  return low
}

const at = (array: Float64Array | Int32Array, index: number): number => array[index] ?? NaN
