import type { Json } from "../domain/json.ts"
import { announcesSecret, isSecretName } from "./secretName.ts"

export const redacted = "[redacted]"

/** Replaces secrets in what is about to be stored, and remembers where it did. */
export interface Redactor {
  /** Free text, such as a log line or a file: known values, and what stands beside a secret's name. */
  text(text: string): string
  /** The same value with every secret replaced; it must survive JSON. */
  json<T>(value: T): T
  /** Takes values that must never be stored, wherever they turn up from now on. */
  learn(values: Iterable<string>): void
  /** Names beside which a secret was replaced so far; `(value)` for one recognised by itself. */
  readonly found: ReadonlySet<string>
}

/** A redactor that knows these secret values, and every name that announces one. */
export const makeRedactor = (secrets: Iterable<string> = []): Redactor => {
  const known = new Set<string>()
  const found = new Set<string>()
  const learn = (values: Iterable<string>) => {
    for (const value of values) if (value.length >= shortestSecret) known.add(value)
  }
  learn(secrets)

  const mark = (name: string): string => {
    found.add(name)
    return redacted
  }
  const text = (raw: string): string => {
    let result = raw
    for (const value of known) if (result.includes(value)) result = result.replaceAll(value, () => mark("(value)"))
    return replaceAnnounced(result, mark).replace(knownShapes, () => mark("(value)"))
  }
  const json = (value: Json, name: string): Json => {
    if (typeof value === "string") return announcesSecret(name, value) ? mark(name) : text(value)
    if (typeof value !== "object" || value === null) return value
    if (isList(value)) return value.map((item) => json(item, name))
    if (ArrayBuffer.isView(value)) return Array.from(value as unknown as ArrayLike<number>)
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, json(member, key)]))
  }
  // Redaction changes strings within a value and nothing of its shape.
  return { text, json: <T>(value: T) => json(value as Json, "") as T, learn, found }
}

/** Secret values inside a config or an environment: those whose names announce them. */
export const secretsIn = (value: unknown, name = ""): readonly string[] => {
  if (typeof value === "string") return isSecretName(name) && value !== "" ? [value] : []
  if (typeof value !== "object" || value === null) return []
  return Object.entries(value).flatMap(([key, member]) => secretsIn(member, Array.isArray(value) ? name : key))
}

/** Secret values that a text announces by name, for redacting their other mentions too. */
export const secretsInText = (text: string): readonly string[] => {
  const values: string[] = []
  replaceAnnounced(text, (_, value) => {
    values.push(value)
    return redacted
  })
  return values
}

/** Shorter values would hit ordinary words. */
const shortestSecret = 6

/** Tokens that carry their issuer's prefix. */
const knownShapes = /\b(?:hf_[A-Za-z0-9]{20,}|sk-[A-Za-z0-9_-]{20,}|gh[pousr]_[A-Za-z0-9]{20,})/gu

const replaceAnnounced = (text: string, mark: (name: string, value: string) => string): string => {
  // Most text has none of these words, and the patterns below are slow on megabytes.
  if (!/key|token|secret|passw|authorization|credential|bearer|:\/\//iu.test(text)) return text
  const replaceNamed = (
    whole: string,
    name: string,
    between: string,
    open: string,
    quoted: string,
    close: string,
    bare: string
  ) => {
    const value = open === undefined ? bare : quoted
    if (!announcesSecret(name, value)) return whole
    // A bare value after a quoted name is a number in JSON, which must stay JSON.
    const quote = open ?? /\\?["']/u.exec(between)?.[0] ?? ""
    return `${name}${between}${quote}${mark(name, value)}${close ?? quote}`
  }
  return text
    .replace(authorization, (_, before: string, value: string) => before + mark("authorization", value))
    .replace(inUrl, (_, before: string, value: string) => before + mark("(url)", value))
    .replace(assigned, replaceNamed)
    .replace(flag, replaceNamed)
}

const name = String.raw`(?<![A-Za-z0-9_-])(?=[A-Za-z0-9_-]{0,60}(?:key|token|secret|passw|credential))`
/** A longer value is no secret, and one of many megabytes would overflow the stack of the engine. */
const longestSecret = 65_536
const value = String.raw`(?!\\?["']?\[redacted\])(?:(\\?["'])((?:(?!\3)(?:\\.|[^\\\n])){0,${longestSecret}})(\3|$)|([^\s"',;)}\]&\\[{(][^\s"',;)}\]&\\]{0,${longestSecret}}))`
/** `name: value`, `name=value`, `"name": "value"`, also as JSON inside JSON. A value cut off by the end counts. */
const assigned = new RegExp(String.raw`${name}([A-Za-z-][A-Za-z0-9_-]{0,60})(\\?["']?\s*[=:]\s*\[?\s*)${value}`, "gimu")
/** `--name value` */
const flag = new RegExp(String.raw`${name}(--[A-Za-z][A-Za-z0-9_-]{0,60})(\s+)${value}`, "gimu")
const authorization =
  /(\bauthorization\\?["']?\s*[:=]\s*\\?["']?(?:(?:Basic|Bearer|Token)\s+)?|\bBearer\s+(?=[^\s"']{8}))(?!\[redacted\]|(?:Basic|Bearer|Token)\s)([^\s"'\\,;)}]+)/giu
const inUrl = /(:\/\/[^\s/:@"']+:)(?!\[redacted\])([^\s/@"']+)(?=@)/gu

const isList = (value: Json): value is readonly Json[] => Array.isArray(value)
