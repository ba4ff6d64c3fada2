import type { TokenInput } from "../domain/workload.ts"

/** The items of a text, or what is wrong with it. */
export type Items = { readonly items: readonly TokenInput[] } | { readonly problem: string }

/**
 * Items as people write them: a JSON array of texts or lists of token ids, else one a line. What begins as an array of
 * such does is meant as one; a line such as `[INST] Hello` or `[1] A footnote` is text.
 */
export const readItemLines = (text: string): Items => {
  const content = text.replace(/^\uFEFF/u, "")
  if (!content.trimStart().startsWith("[")) return { items: linesOf(content) }
  let value: unknown
  try {
    value = JSON.parse(content)
  } catch (error) {
    if (!beginsAsArray.test(content)) return { items: linesOf(content) }
    return { problem: `begins as a JSON array and is none: ${(error as SyntaxError).message}` }
  }
  return Array.isArray(value) && value.every(isTokenInput)
    ? { items: value }
    : { problem: "holds a JSON array of something else than texts and lists of token ids" }
}

/** A text, a list, or a number with what follows it in an array. */
const beginsAsArray = /^\s*\[\s*(?:"|\[\s*\d|-?\d[\d.]*\s*(?:,|\]?\s*$))/u

const linesOf = (text: string): readonly string[] => text.split(/\r?\n/u).filter((line) => line !== "")

const isTokenInput = (value: unknown): value is TokenInput =>
  typeof value === "string" ||
  (Array.isArray(value) && value.length > 0 && value.every((id) => Number.isInteger(id) && id >= 0))
