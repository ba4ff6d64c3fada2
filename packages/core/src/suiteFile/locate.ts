import {
  isAlias,
  isCollection,
  isMap,
  LineCounter,
  parseDocument,
  type Document,
  type Node,
  type Pair,
  visit
} from "yaml"
import type { Place } from "./SuiteProblem.ts"

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
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const place = (offset: number): Place => {
    const { line, col } = lines.linePos(offset)
    return { line, column: col }
  }
  const mistakes = document.errors.map(({ pos, message }) => ({ place: place(pos[0]), message }))
  const located = { locate: (at: readonly string[], on: "key" | "value") => place(offsetOf(document, at, on)) }
  if (mistakes.length > 0) return { ...located, json: null, mistakes }
  try {
    return { ...located, json: document.toJS(), mistakes }
  } catch (error) {
    // An alias that stands for nothing, or aliases of aliases that would grow without end.
    const { message } = error as Error
    return { ...located, json: null, mistakes: [{ place: place(brokenAlias(document) ?? 0), message }] }
  }
}

const brokenAlias = (document: Document): number | null => {
  let offset: number | null = null
  visit(document, {
    Alias: (_, alias) => {
      if (alias.resolve(document) !== undefined) return undefined
      offset = startOf(alias)
      return visit.BREAK
    }
  })
  return offset
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
