import type { Json } from "../domain/json.ts"
import type { AxisValue, Point } from "../domain/plan.ts"

/** `${axis}`; with one more dollar before it, it stands for itself. */
const placeholder = /\$?\$\{([^{}]*)\}/gu

/** What is between the braces of every `${…}`, wherever in the value it stands. */
export const placeholdersIn = (value: unknown): ReadonlySet<string> => new Set(texts(value).flatMap(namesIn))

/** The text with the values of a point in it. An axis that the point lacks stays as it is written. */
export const fillText = (text: string, point: Point): string =>
  text.replace(placeholder, (written, axis: string) =>
    written.startsWith("$$") ? written.slice(1) : String(point[axis] ?? written)
  )

/** A scalar with the values of a point in it: a whole-value `${axis}` becomes the axis's value, a number a number. */
export const fillScalar = <T extends AxisValue>(value: T, point: Point): T | AxisValue => {
  if (typeof value !== "string") return value
  const [, axis] = /^\$\{([^{}]*)\}$/u.exec(value) ?? []
  return (axis === undefined ? undefined : point[axis]) ?? fillText(value, point)
}

/** Every text below, as `fillScalar`. */
export const fillJson = (value: Json, point: Point): Json => {
  if (value === null) return null
  if (isList(value)) return value.map((item) => fillJson(item, point))
  if (typeof value !== "object") return fillScalar(value, point)
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, fillJson(member, point)]))
}

/** A text that `fillText` gives back unchanged. */
export const verbatim = (text: string): string => text.replace(placeholder, "$$$&")

const namesIn = (text: string): readonly string[] =>
  [...text.matchAll(placeholder)].flatMap(([written, axis = ""]) => (written.startsWith("$$") ? [] : [axis]))

const texts = (value: unknown): readonly string[] => {
  if (typeof value === "string") return [value]
  if (typeof value !== "object" || value === null) return []
  return Object.values(value).flatMap(texts)
}

const isList = (value: Json): value is readonly Json[] => Array.isArray(value)
