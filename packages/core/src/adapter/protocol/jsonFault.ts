import { faultAt, type Fault } from "./Fault.ts"

/**
 * Where a value would not survive `JSON.parse(JSON.stringify(value))`; null where it does. Typed arrays count as lists
 * of numbers: the studio writes them so.
 */
export const jsonFault = (value: unknown, field: string): Fault | null => {
  const found = search(value, 0)
  return found === null ? null : faultAt(field + found.path.toReversed().join(""), found.value, found.expected)
}

interface Found {
  /** From the inside out: paths are built for what is wrong only. */
  readonly path: string[]
  readonly value: unknown
  readonly expected: string
}

/** Nobody's record is so deep; one that holds itself is. */
const deepest = 500

const search = (value: unknown, depth: number): Found | null => {
  switch (typeof value) {
    case "boolean":
    case "string":
      return null
    case "number":
      return Number.isFinite(value) ? null : { path: [], value, expected: "a finite number or null" }
    case "object":
      if (value === null) return null
      return depth > deepest
        ? { path: [], value: "...", expected: "so deep: it may hold itself" }
        : searchObject(value, depth)
    default:
      return { path: [], value, expected: "a JSON value" }
  }
}

const searchObject = (value: object, depth: number): Found | null => {
  if (isList(value)) {
    for (let index = 0; index < value.length; index++) {
      const found = search(value[index], depth + 1)
      if (found !== null) return within(`[${index}]`, found)
    }
    return null
  }
  if (!isPlain(value)) return { path: [], value: Object.prototype.toString.call(value), expected: "a plain object" }
  for (const key of Object.keys(value)) {
    const found = search((value as { readonly [key: string]: unknown })[key], depth + 1)
    if (found !== null) return within(`.${key}`, found)
  }
  return null
}

const within = (step: string, found: Found): Found => {
  found.path.push(step)
  // Of a circle the way in is enough.
  if (found.path.length > longestPath) found.path.shift()
  return found
}

const longestPath = 12

/** An array or a typed array. */
export const isList = (value: unknown): value is ArrayLike<unknown> =>
  Array.isArray(value) || (ArrayBuffer.isView(value) && "length" in value)

/** Also of another realm, whose `Object` is not ours. */
const isPlain = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}
