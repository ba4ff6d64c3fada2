import { splitJson } from "../splitJson.ts"
import type { ResultLine } from "./reading.ts"

/** A result of a file. `number` is its line, its place where the file is a list; null: it is the whole file. */
export interface NumberedLine extends ResultLine {
  readonly number: number | null
}

/** The results in a file: one a line, as the programs write them, or one JSON document, such as a list of them. */
export const resultsIn = (text: string): readonly NumberedLine[] => {
  if (!isDocument(text)) return linesOf(text)
  const values = splitJson(text)
  if (values === null) return hasWholeLine.test(text) ? linesOf(text) : [whole(text)]
  const [first] = values
  if (values.length === 1 && first !== undefined && !text.trimStart().startsWith("[")) return [whole(first)]
  return values.map((value, index) => ({ number: index + 1, text: value, where: `Result ${index + 1}` }))
}

/** A list, or an object that goes on after its first line. Only the first line is looked at: files are large. */
const isDocument = (text: string): boolean => {
  const start = text.search(/\S/)
  const end = text.indexOf("\n", start)
  if (text[start] === "[") return true
  return text[start] === "{" && end !== -1 && !text.slice(start, end).trimEnd().endsWith("}")
}

const hasWholeLine = /^\{.*\}\s*$/m

const whole = (text: string): NumberedLine => ({ number: null, text, where: "The file" })

const linesOf = (text: string): readonly NumberedLine[] =>
  text
    .split("\n")
    .flatMap((line, index) =>
      line.trim() === "" ? [] : [{ number: index + 1, text: line, where: `Line ${index + 1}` }]
    )
