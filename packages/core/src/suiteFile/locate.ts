import { isAlias, isCollection, isMap, LineCounter, parseDocument, type Document, type Node, type Pair } from "yaml"
import type { Place } from "./SuiteProblem.ts"
import { dataMistake, manyAliases, syntaxMistakes, type YamlMistake } from "./yamlMistakes.ts"

/** A document and where its parts stand. */
export interface Located {
  readonly json: unknown
  /** Where a part stands, its name or its value; of a part that is not there, where it would belong. Null: in no text. */
  readonly locate: (at: readonly string[], on: "key" | "value") => Place | null
  /** Why the text is no document at all, each with where. */
  readonly mistakes: readonly { readonly place: Place; readonly message: string }[]
}

/** Reads YAML, and with it JSON. */
export const readYaml = (text: string): Located => {
  const lines = new LineCounter()
  // What is not understood is told by its place, and never beside that on stderr.
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: "error" })
  const place = (offset: number): Place => {
    const { line, col } = lines.linePos(offset)
    return { line, column: col }
  }
  const located = { locate: (at: readonly string[], on: "key" | "value") => place(offsetOf(document, at, on)) }
  const refused = (mistakes: readonly YamlMistake[]): Located => ({
    ...located,
    json: null,
    mistakes: mistakes.map(({ offset, message }) => ({ place: place(offset), message }))
  })
  if (document.errors.length > 0) return refused(syntaxMistakes(document))
  const mistake = dataMistake(document)
  if (mistake !== null) return refused([mistake])
  try {
    return { ...located, json: document.toJS(), mistakes: [] }
  } catch {
    // All that is left to go wrong: aliases of aliases that would grow without end.
    return refused([manyAliases(document)])
  }
}

const offsetOf = (document: Document, at: readonly string[], on: "key" | "value"): number => {
  let node: unknown = document.contents
  let offset = startOf(node) ?? 0
  for (const [index, part] of at.entries()) {
    const collection = isAlias(node) ? node.resolve(document) : node
    if (!isCollection(collection)) return offset
    const pair = isMap(collection) ? collection.items.find((item) => nameOf(item) === part) : undefined
    const value: unknown = pair === undefined ? collection.get(Number(part), true) : pair.value
    const wanted = index === at.length - 1 && on === "key" ? pair?.key : value
    if (pair === undefined && (value === undefined || isMap(collection))) return offset
    offset = startOf(wanted) ?? startOf(pair?.key) ?? offset
    node = value
  }
  return offset
}

const nameOf = ({ key }: Pair): string =>
  String(typeof key === "object" && key !== null && "value" in key ? key.value : key)

const startOf = (node: unknown): number | null => (node as Node | null | undefined)?.range?.[0] ?? null
