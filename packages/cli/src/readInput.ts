import { readFileSync } from "node:fs"
import { UsageError } from "./output/reportError.ts"

/** A file as text; one trailing newline is the editor's, not the user's. */
export function readText(file: string, option: string): string {
  try {
    return readFileSync(file, "utf8").replace(/\r?\n$/, "")
  } catch (error) {
    throw new UsageError(`${option} ${file} cannot be read: ${(error as Error).message}`, "Check the path.", {
      path: option
    })
  }
}

/** Lines of a file, or the strings (or id lists) of the JSON array in it. */
export function readLines(file: string, option: string): readonly (string | readonly number[])[] {
  const text = readText(file, option)
  if (!text.trimStart().startsWith("[")) return text.split(/\r?\n/).filter((line) => line !== "")
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    // A line may begin with a bracket: then it is no JSON document.
    return text.split(/\r?\n/).filter((line) => line !== "")
  }
  if (!Array.isArray(value) || !value.every((item) => typeof item === "string" || isIds(item)))
    throw new UsageError(
      `${option} ${file} must hold an array of strings or of token-id lists.`,
      '["first", "second"]',
      { path: option }
    )
  return value
}

/** A JSON array of token ids given on the command line. */
export function parseIds(json: string, option: string): readonly number[] {
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch {
    value = null
  }
  if (!isIds(value))
    throw new UsageError(`${option} "${json}" is no JSON array of token ids.`, "--input-ids '[268, 14, 291]'", {
      path: "input_ids"
    })
  return value
}

const isIds = (value: unknown): value is readonly number[] =>
  Array.isArray(value) && value.length > 0 && value.every((id) => Number.isInteger(id) && id >= 0)
