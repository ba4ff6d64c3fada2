import leven, { closestMatch } from "leven"

/** `; did you mean max_regression?`, where one of the words is close to what was written; else which there are. */
export const orNearest = (written: string, words: readonly string[]): string => {
  const near = nearest(written, words)
  if (near !== null) return `; did you mean ${near}?`
  return words.length === 0 ? "" : `; there ${words.length === 1 ? "is" : "are"} ${words.join(", ")}`
}

/** The word that was probably meant; null where none is close. */
export const nearest = (written: string, words: readonly string[]): string | null => {
  const found = closestMatch(written, [...words])
  return found !== undefined && leven(written, found) <= Math.max(1, Math.floor(written.length / 3)) ? found : null
}
