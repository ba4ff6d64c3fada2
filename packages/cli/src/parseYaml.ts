// A module of its own, so that the parser is loaded only where there is YAML.
import { isAlias, isScalar, parseDocument, visit, type Node, type YAMLError } from "yaml"

/** Reads YAML as one document of plain data. Throws an error that says where it is none, and what to do. */
export function parseYaml(text: string): unknown {
  const document = parseDocument(text, { logLevel: "error" })
  const [error] = document.errors
  if (error !== undefined) throw new Error(plainly(error))
  const refuse = (node: Node, problem: string): never => {
    throw new Error(`line ${text.slice(0, node.range?.[0]).split("\n").length}: ${problem}`)
  }
  visit(document, (_, node, path) => {
    if (isAlias(node)) {
      const meant = node.resolve(document)
      if (meant === undefined)
        refuse(node, `*${node.source} stands for nothing; name a value &${node.source} before it`)
      if (path.some((above) => above === meant))
        refuse(node, `*${node.source} stands for what it is a part of; write out what is meant`)
    }
    if (isScalar(node) && typeof node.value === "number" && !Number.isFinite(node.value))
      refuse(node, `a setting is ${node.value}; write a finite number, or a text in quotes`)
  })
  try {
    return document.toJS()
  } catch {
    // All that is left to go wrong: aliases of aliases that would grow without end.
    throw new Error("its aliases stand for too much; write out what they repeat")
  }
}

/** Where the parser speaks to a programmer, what it means. */
function plainly({ code, message, linePos }: YAMLError): string {
  const line = linePos?.[0].line
  if (code === "MULTIPLE_DOCS")
    return `line ${line}: a second document begins here; a file is one: remove this \`---\` or what follows it`
  return code === "RESOURCE_EXHAUSTION" ? `line ${line}: nested too deep; write it flatter` : message
}
