import { stringEnd } from "./looseJson.ts"

/**
 * The values of a JSON text, each on one line: those of a list each for itself, else the text's own. Nothing is read,
 * so that what Python writes (`NaN`, `Infinity`) and what is broken inside a value stays as it is. Null where brackets
 * or quotes do not match.
 */
export const splitJson = (text: string): readonly string[] | null => {
  const values: string[] = []
  const next = /["{}[\],]|\s+/g
  let parts: string[] = []
  let copied = 0
  let depth = 0
  let inList = false
  const copyUntil = (end: number, goOnAt: number) => {
    parts.push(text.slice(copied, end))
    copied = goOnAt
  }
  const endValue = () => {
    const value = parts.join("")
    if (value !== "") values.push(value)
    parts = []
  }
  for (let found = next.exec(text); found !== null; found = next.exec(text)) {
    const [token] = found
    const end = next.lastIndex
    if (token === '"') {
      next.lastIndex = stringEnd(text, found.index)
      if (!isString(text.slice(found.index, next.lastIndex))) return null
    } else if (token === "{" || token === "[") {
      if (depth === 0) inList = token === "["
      if (depth++ === 0 && inList) copyUntil(found.index, end)
    } else if (token === "}" || token === "]") {
      if (--depth < 0) return null
      if (depth > 0) continue
      copyUntil(inList ? found.index : end, end)
      endValue()
    } else if (token === ",") {
      if (depth !== 1 || !inList) continue
      copyUntil(found.index, end)
      endValue()
    } else copyUntil(found.index, end)
  }
  copyUntil(text.length, text.length)
  endValue()
  return depth === 0 ? values : null
}

/** JSON has no line break inside a string: one that spans lines lost its quote. */
const isString = (text: string): boolean => text.length > 1 && text.endsWith('"') && !text.includes("\n")
