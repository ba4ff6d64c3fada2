// @ts-check

/** Words that have not been said yet share the rest of the probability: as many as this. */
const unseenWords = 50_000

/** Cuts a text into words with the space before them. @param {string} text @returns {string[]} */
export const wordsOf = (text) => text.match(/\s*\S+|\s+$/gu) ?? []

/** A stable id for a word. @param {string} word @returns {number} */
export const idOf = (word) => {
  let hash = 0x811c9dc5
  for (const character of word) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193)
  return hash >>> 1
}

/**
 * The probability of the next word: words that followed the last one before are likely, then words that were said.
 *
 * @param {readonly string[]} said
 * @param {number} memory share of the probability that goes to what followed before
 * @returns {(word: string) => number}
 */
export const nextWord = (said, memory) => {
  const last = said.at(-1)
  const followers = said.filter((_, index) => index > 0 && said[index - 1] === last)
  const share = followers.length === 0 ? 0 : memory
  return (word) =>
    share * (count(followers, word) / Math.max(followers.length, 1)) +
    (1 - share) * ((count(said, word) + 0.5) / (said.length + 0.5 * unseenWords))
}

/**
 * The words that were said with their probabilities to come next, the likeliest first.
 *
 * @param {readonly string[]} said at least one
 * @param {number} memory
 * @returns {[best: Guess, ...rest: Guess[]]}
 *
 * @typedef {[word: string, probability: number]} Guess
 */
export const likeliest = (said, memory) => {
  const probability = nextWord(said, memory)
  const guesses = [...new Set(said)].map((word) => /** @type {Guess} */ ([word, probability(word)]))
  return /** @type {[Guess, ...Guess[]]} */ (guesses.sort(([, a], [, b]) => b - a))
}

/** @param {readonly string[]} words @param {string} word */
const count = (words, word) => words.filter((each) => each === word).length
