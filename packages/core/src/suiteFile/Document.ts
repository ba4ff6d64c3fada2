import { isCollection, isMap, isNode, LineCounter, parseDocument, type Document as YamlDocument } from "yaml"

/** What a suite file says, and where it says it. */
export interface Document {
  readonly value: unknown
  /** `line:column`, both from 1, of a dotted path or of the closest thing above it; empty where nothing tells. */
  readonly locate: (path: string) => string
  /** Where the text itself cannot be read. */
  readonly problems: readonly { readonly at: string; readonly message: string }[]
}

/** Reads YAML, of which JSON is a part. */
export const readDocument = (text: string): Document => {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const at = (offset: number): string => {
    const { line, col } = lines.linePos(offset)
    return `${line}:${col}`
  }
  return {
    value: document.errors.length > 0 ? null : (document.toJS() as unknown),
    locate: (path) => at(offsetOf(document, path === "" ? [] : path.split("."))),
    problems: document.errors.map(({ pos, message }) => ({ at: at(pos[0]), message }))
  }
}

/** A module says no places. */
export const documentOf = (value: unknown): Document => ({ value, locate: () => "", problems: [] })

const offsetOf = (document: YamlDocument, path: readonly string[]): number => {
  let node: unknown = document.contents
  let offset = isNode(node) ? (node.range?.[0] ?? 0) : 0
  for (const part of path) {
    if (!isCollection(node)) break
    const pair = isMap(node) ? node.items.find(({ key }) => isNode(key) && String(key) === part) : undefined
    if (pair !== undefined && isNode(pair.key)) offset = pair.key.range?.[0] ?? offset
    node = node.get(isMap(node) ? part : Number(part), true)
    if (pair === undefined && isNode(node)) offset = node.range?.[0] ?? offset
  }
  return offset
}
