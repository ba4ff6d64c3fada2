import { corruptRecord } from "./storeFailure.ts"

/**
 * Reads a JSON column that the studio wrote. Only the outermost shape is checked: enough to tell a damaged row from
 * ours without paying for a schema on every read.
 */
export const readObject = <A extends object>(text: string, what: string): A => {
  const value = parse(text, what)
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw corruptRecord(what)
  return value as A
}

export const readArray = <A>(text: string, what: string): readonly A[] => {
  const value = parse(text, what)
  if (!Array.isArray(value)) throw corruptRecord(what)
  return value
}

/** A column that may be NULL. */
export const readObjectOrNull = <A extends object>(text: string | null, what: string): A | null =>
  text === null ? null : readObject<A>(text, what)

export const parse = (text: string, what: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    throw corruptRecord(what)
  }
}

/** Null stays NULL, and what was not given stays ungiven. */
export const writeJson = <A extends object | null | undefined>(value: A): Written<A> =>
  (value === null || value === undefined ? value : JSON.stringify(value)) as Written<A>

type Written<A> = A extends object ? string : A
