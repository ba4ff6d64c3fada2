import { AdapterError } from "@sglang-studio/core/adapter"
import type { Json, JsonObject } from "@sglang-studio/core/domain"

export interface LooseJson {
  readonly value: Json
  /** Keys under which a bare Infinity or NaN stood; each is a string now. */
  readonly nonfinite: readonly string[]
}

export interface LooseObject extends LooseJson {
  readonly value: JsonObject
}

/**
 * Reads JSON as Python writes it: bare `Infinity`, `-Infinity` and `NaN` become the strings of the same spelling.
 * `where` names the text in the error (`protocol`), which shows its beginning.
 */
export const parseLooseJson = (text: string, where: string): LooseJson => {
  const strict = tryParse(text)
  if (strict !== undefined) return { value: strict, nonfinite: [] }
  const quoted = quoteNonfinite(text)
  const value = quoted.nonfinite.length === 0 ? undefined : tryParse(quoted.text)
  if (value === undefined) {
    throw new AdapterError({
      reason: "protocol",
      message: `${where} is not JSON: ${excerpt(text)}`,
      hint: "Check that the address is that of the engine itself and that the answer or file is complete.",
      detail: text.slice(0, 2000)
    })
  }
  return { value, nonfinite: quoted.nonfinite }
}

/** As `parseLooseJson`, for a text that must be an object. */
export const parseLooseObject = (text: string, where: string): LooseObject => {
  const { value, nonfinite } = parseLooseJson(text, where)
  if (!isObject(value)) {
    throw new AdapterError({
      reason: "protocol",
      message: `${where} is JSON but not an object: ${excerpt(text)}`,
      hint: "Check that the address is that of the engine itself.",
      detail: text.slice(0, 2000)
    })
  }
  return { value, nonfinite }
}

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value)

/** A non-empty string, else null. */
export const textOf = (value: Json | undefined): string | null =>
  typeof value === "string" && value !== "" ? value : null

/** A finite number, else null. */
export const numberOf = (value: Json | undefined): number | null =>
  typeof value === "number" && Number.isFinite(value) ? value : null

/** Whether a value is a bare `NaN` or `Infinity` that became a string. */
export const isNonfinite = (value: Json | undefined): boolean =>
  value === "NaN" || value === "Infinity" || value === "-Infinity"

/** One line of at most 160 characters that shows what a text begins with. */
export const excerpt = (text: string): string => {
  const line = text.replace(/\s+/g, " ").trim()
  return line === "" ? "(empty)" : line.length > 160 ? `${line.slice(0, 160)}…` : line
}

const tryParse = (text: string): Json | undefined => {
  try {
    const value: Json = JSON.parse(text)
    return value
  } catch {
    return undefined
  }
}

const stringOrLiteral = /"|-?Infinity|NaN/g

/** Strings are skipped by hand: a pattern for them overflows the stack of the engine above 10 MB. */
const quoteNonfinite = (text: string): { text: string; nonfinite: readonly string[] } => {
  const nonfinite: string[] = []
  const parts: string[] = []
  const next = new RegExp(stringOrLiteral)
  let key = ""
  let copied = 0
  for (let found = next.exec(text); found !== null; found = next.exec(text)) {
    const [literal] = found
    if (literal === '"') {
      const end = stringEnd(text, found.index)
      if (/^\s*:/.test(text.slice(end, end + 8))) key = text.slice(found.index + 1, end - 1)
      next.lastIndex = end
      continue
    }
    nonfinite.push(key)
    parts.push(text.slice(copied, found.index), `"${literal}"`)
    copied = next.lastIndex
  }
  return { text: parts.join("") + text.slice(copied), nonfinite }
}

/** Behind the quote that ends the string which begins at `start`. */
export const stringEnd = (text: string, start: number): number => {
  for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let escapes = 0
    while (text[end - 1 - escapes] === "\\") escapes++
    if (escapes % 2 === 0) return end + 1
  }
  return text.length
}
