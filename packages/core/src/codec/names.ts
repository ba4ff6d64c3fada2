/** Keys whose values belong to others (an engine's flags, a metric's name): nothing below them is renamed. */
const foreign = new Set(["point", "suite", "metrics", "rawMetrics", "flags", "set", "evidence", "values"])

export const snakeCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

export const camelCase = (name: string): string => name.replace(/_([a-z0-9])/g, (_, next: string) => next.toUpperCase())

/**
 * The names half of the codecs, for a browser that trusts its own server and cannot afford a validator. The tests hold
 * it equal to the codecs.
 */
export const fromWireNames = (json: unknown): unknown => rename(json, camelCase)

export const toWireNames = (value: unknown): unknown => rename(value, snakeCase)

const rename = (value: unknown, spell: (name: string) => string): unknown => {
  if (Array.isArray(value)) return value.map((item) => rename(item, spell))
  if (typeof value !== "object" || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, field]) => [
      spell(key),
      foreign.has(camelCase(key)) ? field : rename(field, spell)
    ])
  )
}
