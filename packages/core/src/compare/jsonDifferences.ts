import type { Json } from "../domain/json.ts"

/** A place where the arms' documents are not equal; one value per arm, null where an arm has none. */
export interface JsonDifference {
  readonly path: string
  readonly values: readonly Json[]
}

/**
 * Every field at which the documents differ, named by its dotted path in wire names (`request.score.items.2`).
 * Lists of numbers (token ids) count as one field.
 */
export const jsonDifferences = (path: string, documents: readonly Json[]): readonly JsonDifference[] => {
  if (documents.every((document) => sameJson(document, documents[0]!))) return []
  if (documents.every(isObject)) return within(path, documents, unionOf(documents.map(Object.keys)))
  if (documents.every(isTextList)) {
    const byIndex = documents.map((list) => Object.fromEntries(list.entries()))
    return within(path, byIndex, unionOf(byIndex.map(Object.keys)))
  }
  return [{ path, values: documents }]
}

export const sameJson = (a: Json, b: Json): boolean => {
  if (a === b) return true
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, i) => sameJson(item, b[i]!))
  if (!isObject(a) || !isObject(b)) return false
  const keys = Object.keys(a)
  return keys.length === Object.keys(b).length && keys.every((key) => key in b && sameJson(a[key]!, b[key]!))
}

const within = (
  path: string,
  documents: readonly { readonly [key: string]: Json }[],
  keys: readonly string[]
): readonly JsonDifference[] =>
  keys.flatMap((key) =>
    jsonDifferences(
      `${path}.${wireName(key)}`,
      documents.map((document) => document[key] ?? null)
    )
  )

const isObject = (value: Json): value is { readonly [key: string]: Json } =>
  typeof value === "object" && value !== null && !Array.isArray(value)

/** Such as the items of a score: few, and each of interest. */
const isTextList = (value: Json): value is readonly Json[] =>
  Array.isArray(value) && value.some((item) => typeof item !== "number")

const unionOf = (lists: readonly (readonly string[])[]): readonly string[] => [...new Set(lists.flat())]

/** What begins with a capital is no name of ours, but a variable of an environment. */
const wireName = (key: string): string =>
  /^[A-Z]/u.test(key) ? key : key.replace(/[A-Z]/gu, (letter) => `_${letter.toLowerCase()}`)
