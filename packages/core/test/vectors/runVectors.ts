import { methods } from "./methods.ts"

/** A file of reference vectors. Non-finite numbers are written as the strings "NaN", "Infinity" and "-Infinity". */
export interface VectorFile {
  readonly vectors: {
    readonly [method: string]: {
      /** Largest absolute or relative error; 0 = exact. */
      readonly tol: number
      readonly cases: readonly { readonly input: unknown; readonly expected: unknown }[]
    }
  }
}

export interface VectorReport {
  readonly passed: number
  readonly failed: readonly { readonly name: string; readonly index: number; readonly message: string }[]
  readonly skipped: readonly { readonly name: string; readonly reason: string }[]
}

/** Runs every case of every method that we have. */
export const runVectors = (file: VectorFile): VectorReport => {
  const entries = Object.entries(file.vectors)
  const results = entries.flatMap(([name, { tol, cases }]) => {
    const method = methods[name]
    if (method === undefined) return []
    return cases.map(({ input, expected }, index) => ({
      name,
      index,
      message: attempt(() => mismatch(method(numbersOf(input)), numbersOf(expected), tol, "$"))
    }))
  })
  return {
    passed: results.filter(({ message }) => message === null).length,
    failed: results.flatMap(({ name, index, message }) => (message === null ? [] : { name, index, message })),
    skipped: entries.flatMap(([name]) => (name in methods ? [] : { name, reason: "this method is not built yet" }))
  }
}

const attempt = (run: () => string | null): string | null => {
  try {
    return run()
  } catch (error) {
    return `threw ${String(error)}`
  }
}

const nonFinite = new Map([
  ["NaN", NaN],
  ["Infinity", Infinity],
  ["-Infinity", -Infinity]
])

const numbersOf = (value: unknown): unknown => {
  if (typeof value === "string") return nonFinite.get(value) ?? value
  if (Array.isArray(value)) return value.map(numbersOf)
  if (typeof value !== "object" || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, numbersOf(member)]))
}

/** Null where `actual` has everything that is expected; notes in the expectation are for people. */
const mismatch = (actual: unknown, expected: unknown, tol: number, path: string): string | null => {
  if (typeof expected === "number" && typeof actual === "number") {
    if (Object.is(actual, expected) || actual === expected) return null
    const error = Math.abs(actual - expected)
    return error <= tol * Math.max(1, Math.abs(expected)) ? null : `${path}: ${actual} is not ${expected}`
  }
  if (Array.isArray(expected) && Array.isArray(actual)) {
    if (expected.length !== actual.length) return `${path}: ${actual.length} entries, not ${expected.length}`
    return first(expected, (item, i) => mismatch(actual[i], item, tol, `${path}[${i}]`))
  }
  if (typeof expected === "object" && expected !== null && typeof actual === "object" && actual !== null) {
    const given = new Map(Object.entries(actual))
    return first(
      Object.entries(expected).filter(([key]) => key !== "note"),
      ([key, member]) => mismatch(given.get(key), member, tol, `${path}.${key}`)
    )
  }
  return actual === expected ? null : `${path}: ${JSON.stringify(actual)} is not ${JSON.stringify(expected)}`
}

const first = <T>(items: readonly T[], check: (item: T, index: number) => string | null): string | null => {
  for (const [index, item] of items.entries()) {
    const found = check(item, index)
    if (found !== null) return found
  }
  return null
}
