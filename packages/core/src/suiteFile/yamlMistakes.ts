import { type Alias, type Document, isAlias, isCollection, isNode, type Node, visit } from "yaml"

/** What keeps a text from being one plain document, as it is told to whoever wrote it. */
export interface YamlMistake {
  readonly offset: number
  readonly message: string
}

/** What the parser said, in words that say what to do where its own speak to a programmer. */
export const syntaxMistakes = ({ errors }: Document.Parsed): readonly YamlMistake[] => {
  // Every level that it gives up on is told.
  const deepest = errors.find(({ code }) => code === "RESOURCE_EXHAUSTION")
  return (deepest === undefined ? errors : [deepest]).map(({ code, pos: [offset], message }) => ({
    offset,
    message: code === "MULTIPLE_DOCS" ? secondDocument : code === "RESOURCE_EXHAUSTION" ? tooDeep : message
  }))
}

/** What is well written and can still not become plain data; null: nothing. */
export const dataMistake = (document: Document): YamlMistake | null => {
  const named = new Map<string, Node>()
  let mistake: YamlMistake | null = null
  visit(document, (_, node, path) => {
    if (!isNode(node)) return undefined
    const message = isAlias(node)
      ? aliasProblem(node, named, path)
      : path.filter(isCollection).length > mostNested
        ? tooDeep
        : null
    if (message === null) {
      if (!isAlias(node) && node.anchor !== undefined) named.set(node.anchor, node)
      return undefined
    }
    mistake = { offset: node.range?.[0] ?? 0, message }
    return visit.BREAK
  })
  return mistake
}

/** Aliases that each stand for little, and together for more than anybody wants to read. */
export const manyAliases = (document: Document): YamlMistake => {
  let offset: number | null = null
  visit(document, {
    Alias: (_, { range }) => {
      offset = range?.[0] ?? null
      return visit.BREAK
    }
  })
  return { offset: offset ?? 0, message: "the aliases from here on stand for too much; write out what they repeat" }
}

const aliasProblem = ({ source }: Alias, named: ReadonlyMap<string, Node>, path: readonly unknown[]): string | null => {
  const meant = named.get(source)
  if (meant === undefined) return `*${source} stands for nothing; name a value &${source} before it`
  return path.includes(meant) ? `*${source} stands for what it is a part of; write out what is meant` : null
}

const secondDocument = "a second document begins here; a file is one: remove this `---` or what follows it"

/** Nobody writes such; what reads a document goes down one call a level. */
const mostNested = 100

const tooDeep = `nested deeper than ${mostNested} levels; write it flatter`
