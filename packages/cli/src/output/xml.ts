/** An element that has children or text. */
export interface XmlElement {
  readonly name: string
  readonly attributes: { readonly [name: string]: string | number }
  readonly children: readonly XmlElement[]
  readonly text: string
}

export const element = (
  name: string,
  attributes: XmlElement["attributes"],
  children: readonly XmlElement[] = [],
  text = ""
): XmlElement => ({ name, attributes, children, text })

/** A whole XML 1.0 document, in UTF-8. */
export const xmlDocument = (root: XmlElement): string => `<?xml version="1.0" encoding="UTF-8"?>\n${write(root, "")}\n`

const write = ({ name, attributes, children, text }: XmlElement, indent: string): string => {
  const given = Object.entries(attributes).map(([key, value]) => ` ${key}="${escape(String(value))}"`)
  const open = `${indent}<${name}${given.join("")}`
  if (children.length === 0 && text === "") return `${open}/>`
  if (children.length === 0) return `${open}>${escape(text)}</${name}>`
  return [`${open}>`, ...children.map((child) => write(child, `${indent}  `)), `${indent}</${name}>`].join("\n")
}

const escape = (text: string): string =>
  text
    .toWellFormed()
    .replaceAll(forbidden, "\uFFFD")
    .replaceAll(/[&<>"'\n\r\t]/gu, (character) => entities[character] ?? character)

/** Characters that XML 1.0 has no way to write. */
// oxlint-disable-next-line no-control-regex
const forbidden = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/gu

const entities: { readonly [character: string]: string } = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
  "\n": "&#10;",
  "\r": "&#13;",
  "\t": "&#9;"
}
