/**
 * Where a value would not survive `JSON.parse(JSON.stringify(value))`, as a path and what is there; null where it does.
 * Typed arrays count as lists of numbers: the studio writes them so.
 */
export const jsonProblem = (value: unknown, path: string): string | null => {
  if (value === null || typeof value === "boolean" || typeof value === "string") return null
  if (typeof value === "number") return Number.isFinite(value) ? null : `${path} is ${value}`
  if (typeof value !== "object") return `${path} is ${typeof value === "undefined" ? "undefined" : `a ${typeof value}`}`
  if (Array.isArray(value) || (ArrayBuffer.isView(value) && !isDataView(value))) {
    for (const [index, entry] of Array.from(value as ArrayLike<unknown>).entries()) {
      const problem = jsonProblem(entry, `${path}[${index}]`)
      if (problem !== null) return problem
    }
    return null
  }
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) return `${path} is ${Object.prototype.toString.call(value)}`
  for (const [key, entry] of Object.entries(value)) {
    const problem = jsonProblem(entry, `${path}.${key}`)
    if (problem !== null) return problem
  }
  return null
}

const isDataView = (value: ArrayBufferView): boolean => Object.prototype.toString.call(value) === "[object DataView]"
