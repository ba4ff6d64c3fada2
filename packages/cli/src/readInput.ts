import { readFileSync } from "node:fs"
import { readItemLines } from "@sglang-studio/core/codec"
import type { TokenInput } from "@sglang-studio/core/domain"
import { UsageError } from "./output/reportError.ts"

/** A file as text; the mark of UTF-8 and one trailing newline are the editor's, not the user's. */
export function readText(file: string, option: string): string {
  try {
    return readFileSync(file, "utf8")
      .replace(/^\uFEFF/, "")
      .replace(/\r?\n$/, "")
  } catch (error) {
    throw new UsageError(`${option} ${file} cannot be read: ${(error as Error).message}`, "Check the path.", {
      path: option
    })
  }
}

/** Lines of a file, or the strings (or id lists) of the JSON array in it. */
export function readLines(file: string, option: string): readonly TokenInput[] {
  const read = readItemLines(readText(file, option))
  if ("items" in read) return read.items
  throw new UsageError(`${option} ${file} ${read.problem}.`, 'Write one item a line, or ["first", "second"].', {
    path: option
  })
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
